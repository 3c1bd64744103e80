package resolve

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A typeReader reads the type expressions that stand in one app.
type typeReader struct {
	l    *loader
	file *declare.Document
	app  *app
}

// read returns the type that an expression names, and false after reporting
// that it names none. Relations are no types here.
func (r typeReader) read(e *declare.Expr) (*typ, bool) {
	e = strip(e)
	switch e.Kind {
	case declare.Word:
		return r.named(e)
	case declare.String:
		if t := r.own(r.app, e.Text); t != nil {
			return t, true
		}
		r.l.report(declare.Place{Document: r.file, Span: e.Span}, codeUnknownType, fmt.Sprintf("type %q stands in quotes", e.Text),
			"A type is a bare word, or a call with its arguments; SQL goes into sql(\"...\").",
			"write "+argumentBefore(r.file, e.Span)+" = "+bareType(e.Text))
		return nil, false
	case declare.Call:
		return r.call(e)
	case declare.Index, declare.Access, declare.Splat:
		if r.brackets(e) {
			return nil, false
		}
	}
	r.l.report(declare.Place{Document: r.file, Span: e.Span}, codeUnknownType, "this is no type",
		"A type is a bare word such as text, or a call such as varchar(30).", "write a type")
	return nil, false
}

func bareType(text string) string {
	if identifier().MatchString(text) {
		return text
	}
	if word := strings.ReplaceAll(phrase(text), " ", "_"); modelTypes[word] != nil {
		_, arguments, called := strings.Cut(text, "(")
		if _, rest, _ := strings.Cut(arguments, ")"); !called {
			return word
		} else if strings.TrimSpace(rest) == "" {
			return word + "(" + arguments
		}
	}
	return fmt.Sprintf("sql(%q)", text)
}

var identifier = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) })

// own returns the declared type of an app with a name, or nil.
func (r typeReader) own(a *app, name string) *typ {
	if t := a.types[name]; t != nil {
		ref := address.RefTo(t.addr)
		return &typ{Type: kinds.Type{Of: &ref}, named: t}
	}
	if t := a.several[name]; t != nil {
		ref := address.RefTo(t.addr)
		return &typ{Type: kinds.Type{Of: &ref, Several: true}, named: t}
	}
	return nil
}

func (r typeReader) named(e *declare.Expr) (*typ, bool) {
	at := declare.Place{Document: r.file, Span: e.Span}
	if len(e.Names) > 1 {
		return r.qualified(e)
	}
	name := e.Names[0].Text
	if t := r.own(r.app, name); t != nil {
		return t, true
	}
	if t := r.simple(at, name, nil); t != nil {
		return t, true
	}
	if r.habitual(at, e) {
		return nil, false
	}
	r.unknown(at, name)
	return nil, false
}

// qualified reads app.type.
func (r typeReader) qualified(e *declare.Expr) (*typ, bool) {
	at := declare.Place{Document: r.file, Span: e.Span}
	a := r.l.apps[e.Names[0].Text]
	switch {
	case len(e.Names) > 2 || a == nil:
		r.l.missing(at, codeUnknownType, fmt.Sprintf("there is no type %s", dotted(e)),
			"A type with a dot is an "+oneOf(r.l.catalog.typeWords)+" of another app: APP.NAME.", r.l.namesOfApps(e.Names[0].Text))
		return nil, false
	}
	if t := r.own(a, e.Names[1].Text); t != nil {
		return t, true
	}
	known := ownTypes(a)
	r.l.missing(at, codeUnknownType, fmt.Sprintf("there is no type %s%s", dotted(e), didYouMean(e.Names[1].Text, known)),
		fmt.Sprintf("App %q has no %s of this name.", a.label, oneOf(r.l.catalog.typeWords)),
		"write "+a.label+"."+or(nearest(e.Names[1].Text, known), "NAME")+", or declare the enum")
	return nil, false
}

func ownTypes(a *app) []string {
	return slices.Collect(maps.Keys(a.types))
}

func (r typeReader) unknown(at declare.Place, name string) {
	if owner := r.l.catalog.otherTypes[strings.ToLower(name)]; owner != "" {
		r.l.notEnabled(at, fmt.Sprintf("type %q", name), owner)
		return
	}
	if r.app.models[name] != nil {
		r.l.report(at, codeUnknownType, fmt.Sprintf("%q is a model, not a type", name), "",
			fmt.Sprintf("write foreign_key(%s)", name))
		return
	}
	if pseudo(name) {
		r.l.report(at, codeUnknownType, fmt.Sprintf("%q is a pseudo-type", name), "No column can have it.", "write another type")
		return
	}
	known := slices.Concat(ownTypes(r.app), slices.Collect(maps.Keys(modelTypes)), slices.Collect(maps.Keys(r.l.catalog.byType)),
		[]string{"array", "foreign_key", "one_to_one", "many_to_many", "sql"})
	r.l.missing(at, codeUnknownType, fmt.Sprintf("there is no type %q%s", name, didYouMean(name, known)),
		"A type is one of PostgreSQL's by its own name, an "+oneOf(r.l.catalog.typeWords)+" of the app, a type of an extension that an enabled plugin knows, or sql(\"...\").",
		instead(name, known, fmt.Sprintf("declare enum %q, or write sql(%q)", name, name)))
}

// call reads varchar(30), array(text) and sql("...").
func (r typeReader) call(e *declare.Expr) (*typ, bool) {
	at := declare.Place{Document: r.file, Span: e.Span}
	switch e.Text {
	case "array":
		return r.array(e)
	case "sql":
		text, ok := r.l.sqlText(r.file, e)
		if !ok {
			return nil, false
		}
		return r.sql(at, text), true
	case "foreign_key", "one_to_one", "many_to_many":
		r.l.report(at, codeUnknownType, e.Text+" can only be the type of a field", "", "write another type")
		return nil, false
	}
	if modelTypes[strings.ToLower(e.Text)] == nil && r.own(r.app, e.Text) == nil && r.l.catalog.byType[strings.ToLower(e.Text)] == nil &&
		r.habitual(declare.Place{Document: r.file, Span: e.Names[0].Span}, e) {
		return nil, false
	}
	given, ok := r.arguments(e)
	if !ok {
		return nil, false
	}
	if t := r.own(r.app, e.Text); t != nil {
		r.l.report(at, codeTypeArguments, fmt.Sprintf("type %q takes no arguments", e.Text), "It is declared with a type of its own.", "write "+e.Text)
		return t, true
	}
	if t := r.simple(at, e.Text, given); t != nil {
		return t, true
	}
	r.unknown(declare.Place{Document: r.file, Span: e.Names[0].Span}, e.Text)
	return nil, false
}

// arguments reads the arguments of a type as text.
func (r typeReader) arguments(e *declare.Expr) ([]string, bool) {
	var given []string
	for _, arg := range e.Args {
		text, ok := typeArgument(strip(arg))
		if !ok {
			r.l.report(declare.Place{Document: r.file, Span: arg.Span}, codeTypeArguments, fmt.Sprintf("this is no argument of type %s", e.Text),
				"The arguments of a type are numbers, or bare words for some types of extensions.", "write a number")
			return nil, false
		}
		given = append(given, text)
	}
	return given, true
}

func typeArgument(e *declare.Expr) (string, bool) {
	switch {
	case e.Kind == declare.Number && !strings.ContainsAny(e.Text, ".eE"):
		return strings.TrimLeft(e.Text[:len(e.Text)-1], "0") + e.Text[len(e.Text)-1:], true
	case e.Kind == declare.Operator && e.Text == "-" && len(e.Args) == 1:
		text, ok := typeArgument(strip(e.Args[0]))
		return "-" + text, ok
	case word(e) != "":
		return strings.ToLower(word(e)), true
	}
	return "", false
}

func (r typeReader) array(e *declare.Expr) (*typ, bool) {
	if len(e.Args) != 1 {
		r.l.report(declare.Place{Document: r.file, Span: e.Span}, codeTypeArguments, "array takes one argument, the type of its elements", "", "write array(text)")
		return nil, false
	}
	element, ok := r.read(e.Args[0])
	if !ok {
		return nil, false
	}
	if element.serial() {
		r.l.report(declare.Place{Document: r.file, Span: e.Span}, codeTypeArguments, "there are no arrays of serial types", "", "write array(bigint)")
		return nil, false
	}
	t := *element
	t.Dimensions++
	return &t, true
}
