package express

import (
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A field is a field of a model that is said.
type field struct {
	*scope
	of       *model
	attrs    kinds.Field
	implicit bool // the id that a model gets by itself
	unique   bool // it has a unique constraint of its own
	leads    *rule
	options  []*state.Object
}

// readFields reads the fields of the model, by rank.
func (m *model) readFields() {
	for _, o := range m.x.state.Children(m.object, kinds.FieldKind) {
		s := *m.scope
		s.object = o.Address
		f := &field{scope: &s, of: m, options: m.x.optionsAt(o.Address, detect.OnField)}
		attrs, err := state.Decode[kinds.Field](o)
		if err != nil || !isIn(o.Address, m.object) {
			f.fail("its attributes are not those of a field")
			continue
		}
		m.x.said[o.Address], f.attrs = true, attrs
		m.fields = append(m.fields, f)
	}
}

func (f *field) block() *declare.Block {
	b := block("field", f.object.Name())
	f.x.place(b, f.object)
	switch {
	case f.attrs.Relation != nil && f.attrs.Relation.Many:
		f.many(b.Body)
	case f.leads != nil:
		f.relation(b.Body)
	default:
		set(b.Body, "type", f.typ(f.attrs.Type))
	}
	if f.attrs.Column != "" {
		f.column(b.Body)
	}
	setText(b.Body, "comment", f.attrs.Comment)
	if f.attrs.Generated != nil {
		generated := block("generated")
		set(generated.Body, "as", f.expr(*f.attrs.Generated))
		setTrue(generated.Body, "virtual", f.attrs.Virtual)
		b.Body.Blocks = append(b.Body.Blocks, generated)
	}
	f.optionsOf(b.Body, f.object, detect.OnField)
	return b
}

// column says what a field with a column can have.
func (f *field) column(b *declare.Body) {
	setTrue(b, "null", f.attrs.Null)
	if f.attrs.Default != nil {
		set(b, "default", f.inDefault().expr(*f.attrs.Default))
	}
	if f.attrs.Column != f.usualColumn() {
		set(b, "column", quoted(f.attrs.Column))
	}
	setTrue(b, "primary_key", f.isKey() && f.of.key.plain)
	setTrue(b, "unique", f.unique && f.leads == nil)
	f.identity(b)
	if f.attrs.Collate != f.usualCollate() {
		set(b, "collate", quoted(f.attrs.Collate))
	}
	setWord(b, "storage", f.attrs.Storage)
	setWord(b, "compression", f.attrs.Compression)
	if f.attrs.Statistics != nil {
		set(b, "statistics", number(strconv.FormatInt(*f.attrs.Statistics, 10)))
	}
	if f.leads != nil {
		setWord(b, "on_delete", f.leads.constraint.OnDelete)
		setWord(b, "on_update", f.leads.constraint.OnUpdate)
		setWord(b, "deferrable", f.leads.constraint.Deferrable)
	}
}

// inDefault returns the scope of a default, which names no fields.
func (f *field) inDefault() *scope {
	s := *f.scope
	s.model = address.Address{}
	return &s
}

// isKey reports whether the field alone is the primary key.
func (f *field) isKey() bool {
	return f.of.key != nil && refsTo(f.of.key.constraint.Fields, f.object)
}

// usualColumn returns the column that the field gets if nothing is written.
func (f *field) usualColumn() string {
	if f.leads != nil {
		return f.object.Name() + "_id"
	}
	return f.object.Name()
}

func (f *field) identity(b *declare.Body) {
	setWord(b, "identity", f.attrs.Identity)
	if f.attrs.Identity != "" && f.attrs.Sequence != f.usualSequence() {
		f.fail("its sequence is named %q, and a model file cannot say that", f.attrs.Sequence)
	}
}

func (f *field) usualSequence() string { return kinds.Name(f.of.attrs.Table, f.attrs.Column, "seq") }
