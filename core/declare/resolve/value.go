package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// strip takes parentheses off an expression.
func strip(e *declare.Expr) *declare.Expr {
	for e.Kind == declare.Paren {
		e = e.Args[0]
	}
	return e
}

// word returns the text of a single bare word, or "".
func word(e *declare.Expr) string {
	if e.Kind == declare.Word && len(e.Names) == 1 {
		return e.Names[0].Text
	}
	return ""
}

// dotted returns the text of a.b.c.
func dotted(e *declare.Expr) string {
	parts := make([]string, len(e.Names))
	for i, n := range e.Names {
		parts[i] = n.Text
	}
	return strings.Join(parts, ".")
}

func (l *loader) badValue(f *declare.Document, a *declare.Attr, want, example string) {
	l.report(declare.Place{Document: f, Span: a.Value.Span}, codeValue, fmt.Sprintf("argument %q has to be %s", a.Name.Text, want), "",
		fmt.Sprintf("write %s = %s", a.Name.Text, example))
}

// text reads a string.
func (l *loader) text(f *declare.Document, a *declare.Attr) (string, bool) {
	e := strip(a.Value)
	if e.Kind == declare.Template {
		l.report(declare.Place{Document: f, Span: e.Span}, codeValue, fmt.Sprintf("argument %q has ${...} or %%{...} in it", a.Name.Text),
			"Strings are taken as they are; nothing in them is evaluated.", "write $${ for ${, and %%{ for %{")
		return "", false
	}
	if e.Kind != declare.String {
		example := `"..."`
		if w := word(e); w != "" {
			example = quote(w)
		}
		l.badValue(f, a, "a string in quotes", example)
		return "", false
	}
	if strings.ContainsRune(e.Text, 0) {
		l.badValue(f, a, "a string without zero bytes", `"..."`)
		return "", false
	}
	return e.Text, true
}

// identifier reads a name in the database.
func (l *loader) identifier(f *declare.Document, a *declare.Attr) (string, bool) {
	name, ok := l.text(f, a)
	if !ok || !l.validName(declare.Place{Document: f, Span: a.Value.Span}, name) {
		return "", false
	}
	return name, l.fits(declare.Place{Document: f, Span: a.Value.Span}, a.Name.Text, name)
}

// fits reports a name that PostgreSQL would cut.
func (l *loader) fits(at declare.Place, what, name string) bool {
	if len(name) <= kinds.MaxName {
		return true
	}
	l.report(at, codeName, fmt.Sprintf("%s name %q has %d bytes", what, name, len(name)),
		fmt.Sprintf("A name in PostgreSQL has at most %d bytes; it would be cut without a word.", kinds.MaxName),
		fmt.Sprintf("shorten it to %d bytes or less", kinds.MaxName))
	return false
}

// flag reads true or false.
func (l *loader) flag(f *declare.Document, a *declare.Attr) (value, ok bool) {
	e := strip(a.Value)
	if e.Kind != declare.Bool {
		l.badValue(f, a, "true or false", "true")
		return false, false
	}
	return e.Text == "true", true
}

// keyword reads one of some bare words.
func (l *loader) keyword(f *declare.Document, a *declare.Attr, known ...string) (string, bool) {
	e := strip(a.Value)
	name := word(e)
	if e.Kind == declare.Bool {
		name = e.Text
	}
	if slices.Contains(known, name) {
		return name, true
	}
	if e.Kind == declare.String {
		name = e.Text
	}
	l.report(declare.Place{Document: f, Span: e.Span}, codeValue, fmt.Sprintf("argument %q has to be %s%s", a.Name.Text, oneOf(known), didYouMean(name, known)),
		"It is a bare word, without quotes.", fmt.Sprintf("write %s = %s", a.Name.Text, or(nearest(name, known), known[0])))
	return "", false
}

func or(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// elements reads a list.
func (l *loader) elements(f *declare.Document, a *declare.Attr) ([]*declare.Expr, bool) {
	e := strip(a.Value)
	if e.Kind != declare.List {
		example := "[...]"
		if w := word(e); w != "" {
			example = "[" + w + "]"
		}
		l.badValue(f, a, "a list", example)
		return nil, false
	}
	return e.Args, true
}

// textList reads a list of strings.
func (l *loader) textList(f *declare.Document, a *declare.Attr) ([]string, []declare.Span, bool) {
	list, ok := l.elements(f, a)
	if !ok {
		return nil, nil, false
	}
	texts, places := make([]string, 0, len(list)), make([]declare.Span, 0, len(list))
	for _, e := range list {
		e = strip(e)
		if e.Kind != declare.String || strings.ContainsRune(e.Text, 0) {
			example := `"..."`
			if w := word(e); w != "" {
				example = quote(w)
			}
			l.report(declare.Place{Document: f, Span: e.Span}, codeValue, fmt.Sprintf("argument %q has to be a list of strings", a.Name.Text),
				"A string stands in quotes.", "write "+example)
			ok = false
			continue
		}
		texts, places = append(texts, e.Text), append(places, e.Span)
	}
	return texts, places, ok
}
