package express

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// relation says that a field leads to another model.
func (f *field) relation(b *declare.Body) {
	kind := "foreign_key"
	if f.unique {
		kind = "one_to_one"
	}
	r := f.attrs.Relation
	set(b, "type", call(kind, f.modelName(r.Target.Address)))
	if !f.x.isKey(r.Target.Address, r.Field.Address) {
		to := *f.scope
		to.model = r.Target.Address
		set(b, "to_field", to.fieldName(r.Field.Address))
	}
}

// isKey reports whether a field alone is the primary key of a model.
func (x *expresser) isKey(model, field address.Address) bool {
	key := x.keyOf(model)
	return key != nil && refsTo(key.Fields, field)
}

// keyOf returns the primary key of a model, or nil.
func (x *expresser) keyOf(model address.Address) *kinds.Constraint {
	o := x.state.Get(model.Child(kinds.ConstraintKind, pkey))
	if o == nil {
		return nil
	}
	c, err := state.Decode[kinds.Constraint](o)
	if err != nil || c.Type != kinds.PrimaryKey {
		return nil
	}
	return &c
}

// pkey is the label of every primary key.
const pkey = "pkey"

// leadsTo returns the foreign key that a field has by itself, nil if it has none or
// not just as a foreign_key in a model file makes it.
func (f *field) leadsTo() *rule {
	r := f.attrs.Relation
	if r == nil || r.Many || r.Field == nil {
		return nil
	}
	for _, rule := range f.of.rules {
		c := rule.constraint
		if c == nil || c.Type != kinds.ForeignKey || !rule.isOf(f, "fkey") {
			continue
		}
		if c.Target == nil || *c.Target != r.Target || !refsTo(c.TargetFields, r.Field.Address) {
			continue
		}
		return rule
	}
	return nil
}

// target returns the field that a field leads to, or the zero one.
func (f *field) target() kinds.Field {
	if f.leads == nil {
		return kinds.Field{}
	}
	o := f.x.state.Get(f.attrs.Relation.Field.Address)
	if o == nil {
		return kinds.Field{}
	}
	target, _ := state.Decode[kinds.Field](o)
	return target
}

// usualCollate returns the collation that the field gets if nothing is written:
// that of what it leads to.
func (f *field) usualCollate() string { return f.target().Collate }

// many says a many_to_many. Its join model is implied if nobody has written it.
func (f *field) many(b *declare.Body) {
	r := f.attrs.Relation
	set(b, "type", call("many_to_many", f.modelName(r.Target.Address)))
	if r.Through == nil {
		f.fail("it has no join model")
		return
	}
	join := f.x.state.Get(r.Through.Address)
	if join == nil || join.Parent != f.object {
		set(b, "through", f.modelName(r.Through.Address))
		return
	}
	f.x.implied(join)
	attrs, err := state.Decode[kinds.Model](join)
	if err != nil || attrs.Schema != f.of.attrs.Schema || attrs.Unmanaged != f.of.attrs.Unmanaged || attrs.Comment != "" {
		f.fail("its join model is not as a model file makes it")
	}
	if attrs.Table != kinds.Name(f.of.object.Name(), f.object.Name()) {
		setText(b, "table", attrs.Table)
	}
}
