package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// expressions returns a list of expressions in SQL over the columns of the model. One that
// names something that is declared, such as a function, depends on it and follows its name.
// Others are kept as they are written: PostgreSQL has what they name.
func (r *optionReader) expressions(a detect.Attr, texts []string, places []declare.Span) (any, bool) {
	list, fine := make([]any, len(texts)), true
	for i, text := range texts {
		list[i] = text
		t := sqlText{
			kind: a.SQL, text: text, language: "sql", app: r.option.app, file: r.option.file, model: r.b.model,
			expr: &declare.Expr{Kind: declare.String, Text: text, Span: places[i]}, what: fmt.Sprintf("argument %q of %s", a.Name, r.option.what()),
		}
		if !r.b.l.namesDeclared(t) {
			continue
		}
		reading, ok := r.b.l.readSQL(t)
		if fine = fine && ok; ok {
			r.refer(reading)
			list[i] = reading.Text
			r.wasText(text, reading)
		}
	}
	return list, fine
}

// refer notes what an expression is built on. Columns are followed by PostgreSQL.
func (r *optionReader) refer(reading state.Reading) {
	r.uses.readings = append(r.uses.readings, reading)
	for _, ref := range reading.Refs {
		if ref.Target.Kind() == kinds.FieldKind || ref.Target.Kind() == kinds.ModelKind {
			ref.Aspects = state.Exists
		}
		r.uses.ref(ref.Target, ref.Aspects)
	}
}

// wasText notes that the migrations may hold an expression as it is written.
func (r *optionReader) wasText(text string, reading state.Reading) {
	if then, err := state.Encode(text); err == nil {
		r.uses.former = append(r.uses.former, formerNode{now: reading.Text, then: [2][]byte{then, then}})
	}
}

// namesDeclared reports whether a word in a text is the name of a function or a type that
// is declared.
func (l *loader) namesDeclared(t sqlText) bool {
	c := sqlCatalog{l: l, text: t}
	declared := func(schema, name string) bool {
		return slices.ContainsFunc([]string{functionName, typeName}, func(class string) bool { return c.block(class, schema, name) != nil })
	}
	schema, before := "", ""
	for token := range sqltext.Scan(t.text) {
		if token.Kind.Blank() {
			continue
		}
		name, named := token.Identifier()
		switch {
		case !named && token.Is("."):
			schema = before
			continue
		case named && declared(schema, name):
			return true
		}
		schema, before = "", name
	}
	return false
}
