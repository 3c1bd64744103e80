package resolve

import (
	"cmp"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A naming is what an object is called in the database where nobody says it.
type naming struct {
	schema string
	table  string // that it is part of; empty for what stands by itself
	name   string
	inside string // where names are those of the table: the label, on a field behind that of the column
	at     declare.Place
	of     owner
	// signature is what tells a function from others of its name.
	signature string
}

// naming returns that of what is read: the label, on a model behind the name of the
// table, on a field behind that of the column too. What has its name among those of
// its table alone, such as a trigger, needs that of the table no more.
func (r *optionReader) naming() naming {
	if t := r.top; t != nil {
		return naming{schema: t.app.Schema, name: t.name, at: t.at, of: owner{what: t.what()}}
	}
	m, parts := r.b.model, []string{r.b.model.table}
	if r.field != nil {
		parts = append(parts, cmp.Or(r.field.column, r.field.name))
	}
	parts = append(parts, r.option.label())
	return naming{schema: m.schema, table: m.table, name: kinds.Name(parts...), inside: kinds.Name(parts[1:]...), at: r.option.at(), of: owner{r.option.what(), m}}
}

// label names one option among those of a model or field.
func (o optionUse) label() string {
	if o.option.Labelled && o.block != nil && len(o.block.Labels) > 0 {
		return o.block.Labels[0].Text
	}
	return o.option.Name
}

// names fills in what an object is called in the database, and takes the names.
func (r *optionReader) names(shape detect.Shape, values map[string]any) {
	n := r.naming()
	for _, a := range shape.Attrs {
		if a.Names == string(detect.NamesSchema) {
			written, _ := values[a.Name].(string)
			n.schema = cmp.Or(written, n.schema)
			values[a.Name] = n.schema
			r.uses.schema(n.schema)
		}
	}
	for _, a := range shape.Attrs {
		if a.Names != "" && a.Names != string(detect.NamesSchema) {
			written, _ := values[a.Name].(string)
			n.signature = ""
			if a.Names == functionName {
				n.signature = signature(shape, values)
			}
			values[a.Name] = r.called(n, detect.NameClass(a.Names), cmp.Or(n.table, targetIn(shape, values)), written)
		}
	}
}

// called takes the name in a class of names that is written, or else the usual one.
// The table is that of the object.
func (r *optionReader) called(n naming, class detect.NameClass, table, written string) string {
	if written == "" && n.table == "" {
		r.b.l.fits(n.at, r.word(), n.name)
	}
	key := nameKey{class: string(class), name: cmp.Or(written, n.name)}
	switch class.Scope() {
	case detect.InTable:
		key.schema, key.table = n.schema, table
		key.name = cmp.Or(written, n.inside, n.name)
	case detect.InSchema:
		key.schema = n.schema
	}
	if r.top != nil || n.table != "" { // else it is for every model and none
		claimed := key
		claimed.name += n.signature
		r.b.l.claim(claimed, n.at, n.of)
	}
	return key.name
}

// targetIn names what a block that stands by itself is on, such as a rule: what its
// first reference names.
func targetIn(shape detect.Shape, values map[string]any) string {
	for _, a := range shape.Attrs {
		if ref, named := values[a.Name].(address.Ref); named && (a.Type == detect.TypeRef || a.Type == detect.TypeModel) {
			return ref.String()
		}
	}
	return ""
}
