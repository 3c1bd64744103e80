package resolve

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// sql reads a type in SQL. One that a model has a name for is the same as by that
// name; any other is taken as it is written.
func (r typeReader) sql(at declare.Place, text string) *typ {
	text = strings.Join(strings.Fields(text), " ")
	n, err := pgtype.Parse(text)
	var wrong *pgtype.ArgumentError
	switch {
	case errors.As(err, &wrong):
		t := r.wrongArguments(at, wrong.Type, err, text)
		t.Dimensions = strings.Count(text, "[")
		return t
	case err != nil:
		r.noType(at, text)
		return &typ{Type: kinds.Type{SQL: text}}
	}
	if _, own := n.Type(); own {
		return ownOrText(n, text)
	}
	if t := r.unquoted(n, text); t != nil {
		return t
	}
	if !r.isGone(at, n) {
		r.doubtful(at, n)
	}
	return &typ{Type: kinds.Type{SQL: text}}
}

// ownOrText returns one of PostgreSQL's types in our spelling, or as it is written
// if it is by a name that models do not have: migrations hold it so.
func ownOrText(n pgtype.Name, text string) *typ {
	if modelTypes[strings.ReplaceAll(phrase(text), " ", "_")] != nil {
		return ownType(n)
	}
	t := &typ{Type: kinds.Type{SQL: text}}
	if n.Dimensions() == 0 {
		t.name = n
	}
	return t
}

// phrase returns the words of a type in SQL, in lower case, without arguments and
// bounds.
func phrase(text string) string {
	text, _, _ = strings.Cut(text, "[")
	before, rest, _ := strings.Cut(text, "(")
	_, after, _ := strings.Cut(rest, ")")
	return strings.ToLower(strings.Join(strings.Fields(before+" "+after), " "))
}

// unquoted returns the type that a name of one word means here: an extension's, or
// one of the app. It returns nil if it means neither.
func (r typeReader) unquoted(n pgtype.Name, text string) *typ {
	end := strings.IndexAny(text+"(", "([")
	name, rest := strings.TrimSpace(text[:end]), text[end:]
	lower := strings.ToLower(name)
	if !identifier().MatchString(name) || n.Base() != lower {
		return nil
	}
	var t *typ
	if rest == strings.ToLower(rest) {
		t = r.extension(lower, n.Arguments())
	}
	if t == nil && n.Arguments() == nil {
		t = r.own(r.app, name)
	}
	if t == nil || n.Dimensions() == 0 {
		return t
	}
	array := *t
	array.Dimensions = n.Dimensions()
	return &array
}

// noType reports several words that are no type but near one: only PostgreSQL's own
// types have names of several words.
func (r typeReader) noType(at declare.Place, text string) {
	name, known := phrase(text), sqlNames()
	best := nearest(name, known)
	if best == "" || best == name || !words().MatchString(name) {
		return // it may say more of a column than its type
	}
	r.l.report(at, codeUnknownType, fmt.Sprintf("there is no type %q%s", name, didYouMean(name, known)),
		"The types with names of several words are PostgreSQL's own.", "write "+bareType(best))
}

// isGone reports the name of a type that is no longer there. It is true if it did.
func (r typeReader) isGone(at declare.Place, n pgtype.Name) bool {
	c := &sqlCatalog{l: r.l, text: sqlText{app: r.app}}
	was, ok := c.goneBy(typeName, "", n.Identifier())
	if ok {
		r.l.reportGone(at, "the type", gone{name: n.Identifier(), was: was}, c, false)
	}
	return ok
}

var words = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]+( [a-z]+)+$`) })

// doubtful warns of a name that nobody declares but that is near one that somebody
// does.
func (r typeReader) doubtful(at declare.Place, n pgtype.Name) {
	name, catalog := n.Identifier(), r.l.catalog
	if n.Base() != name || r.l.incomplete || pseudo(name) || catalog.byType[name] != nil || catalog.otherTypes[name] != "" || r.l.isType(name) {
		return
	}
	known := append(sqlNames(), sortedKeys(catalog.byType)...)
	if best := nearest(name, known); best != "" {
		r.l.add(diag.Diagnostic{
			Severity: diag.Warning, Code: codeUnknownType, Range: at.Range(),
			Summary: fmt.Sprintf("nobody declares type %q%s", name, didYouMean(name, known)),
			Detail:  "If the database does not have it otherwise, PostgreSQL will refuse it.", Next: "write " + bareType(best),
		})
	}
}

// isType reports whether a name is that of a declared type, or of a model, whose
// rows have one.
func (l *loader) isType(name string) bool {
	for key := range l.namedBlocks() {
		if key.name == name {
			return true
		}
	}
	for _, a := range l.apps {
		if a.models[name] != nil {
			return true
		}
	}
	return false
}

// sqlNames returns the names of PostgreSQL's types as SQL has them.
func sqlNames() []string {
	names := make([]string, 0, len(modelTypes))
	for name, t := range modelTypes {
		if own, _ := t.name.Type(); own.Name() != name {
			name = strings.ReplaceAll(name, "_", " ")
		}
		names = append(names, name)
	}
	return names
}
