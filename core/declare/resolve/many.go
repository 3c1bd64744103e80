package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// manyToMany makes the objects of a many_to_many field, and of its join model if
// none is written.
func (b *builder) manyToMany(f *field) {
	r, u := f.relation, &uses{}
	u.ref(r.target.addr, state.Exists)
	through := f.addr.WithKind(kinds.ModelKind)
	if r.through != nil {
		through = r.through.addr
		u.ref(through, state.Exists)
	}
	ref := address.RefTo(through)
	attrs := kinds.Field{Relation: &kinds.Relation{Many: true, Target: address.RefTo(r.target.addr), Through: &ref}}
	if f.attrs.comment != nil {
		attrs.Comment, _ = b.l.text(f.file, f.attrs.comment)
	}
	b.l.put(object{addr: f.addr, parent: b.model.addr, attrs: attrs, uses: u, rank: f.rank, app: b.model.app, at: f.at()})
	if f.attrs.through == nil {
		b.joinModel(f, through)
	}
}

// A join is a join model in the making.
type join struct {
	b      *builder
	field  *field
	model  *model
	target *model
}

// joinModel makes the model that nobody wrote: an id, a foreign key to each of
// the two models, and a unique pair.
func (b *builder) joinModel(f *field, addr address.Address) {
	source := b.model
	m := &model{topBlock: source.topBlock, addr: addr, schema: source.schema, table: b.l.joinTable(source, f), byName: map[string]*field{}}
	m.at, m.unmanaged = f.at(), source.unmanaged
	what := owner{"a many_to_many field's join table", source}
	b.l.claim(nameKey{class: relationName, schema: m.schema, name: m.table}, m.at, what)
	b.l.claim(nameKey{class: typeName, schema: m.schema, name: m.table}, m.at, what)
	u := &uses{}
	u.schema(m.schema)
	b.l.put(object{
		addr: addr, parent: f.addr, app: source.app, at: m.at, uses: u,
		attrs: kinds.Model{Schema: m.schema, Table: m.table, Unmanaged: m.unmanaged},
	})
	b.l.implicitID(m)
	m.key = &primaryKey{at: m.at, fields: m.fields[:1:1], name: kinds.Name(m.table, pkey)}
	j := join{b: &builder{l: b.l, model: m}, field: f, model: m, target: f.relation.target}
	j.build(source)
}

func (j join) build(source *model) {
	j.b.primaryKey()
	j.b.field(j.model.fields[0])
	from, to := joinPrefixes(source, j.target)
	sides := []*field{j.side("from", from, source, 1), j.side("to", to, j.target, 2)}
	if sides[0] == nil || sides[1] == nil {
		return
	}
	u := &uses{}
	pair := kinds.Constraint{Type: kinds.Unique, Fields: keyRefs(sides, u), Name: kinds.Name(j.model.table, sides[0].column, sides[1].column, "key")}
	j.b.l.claim(nameKey{class: relationName, schema: j.model.schema, name: pair.Name}, j.model.at, owner{"the unique pair of a join table", source})
	j.b.l.put(object{
		addr: j.model.addr.Child(kinds.ConstraintKind, kinds.Name(sides[0].column, sides[1].column, "key")), parent: j.model.addr,
		attrs: pair, uses: u, rank: j.b.nextRank(), app: source.app, at: j.model.at,
	})
	for _, side := range sides {
		u := &uses{}
		attrs := kinds.Constraint{Type: kinds.ForeignKey, Fields: compared([]*field{side}, u), OnDelete: "cascade"}
		j.b.target(&attrs, route{j.field.at(), []*field{side}, side.relation.target, []*field{side.relation.field}}, u)
		j.b.constraintOf(side, "fkey", attrs, u, false)
	}
	j.b.options(j.model.allOptions(), j.model.addr, nil)
}

// side makes the field of a join model that leads to one of the two models.
func (j join) side(name, prefix string, target *model, rank int) *field {
	switch {
	case len(target.key.fields) > 1:
		j.b.l.report(j.field.at(), codeRelation, fmt.Sprintf("model %q has a primary key of several fields, so that no join model can be made for field %q", target.name, j.field.name),
			"The join model would need a column for each field of the key.", "write the join model yourself and name it: through = MODEL")
		return nil
	case target.keyless != nil:
		j.b.l.report(j.field.at(), codeRelation, fmt.Sprintf("model %q has no primary key, so that no join model can be made for field %q", target.name, j.field.name), "",
			"give it one, or write the join model yourself and name it: through = MODEL")
		return nil
	case len(target.key.fields) == 0 || target.key.fields[0].typ == nil:
		return nil
	}
	key := target.key.fields[0]
	f := &field{
		fieldBlock: &fieldBlock{file: j.field.file, app: j.field.app, block: j.field.block, label: j.field.label},
		model:      j.model, addr: j.model.addr.Child(kinds.FieldKind, name), name: name, column: kinds.Name(prefix, "id"), rank: rank,
		typ: key.typ, collate: key.collate, read: true, relation: &relation{kind: foreignKey, target: target, field: key},
	}
	u := &uses{}
	u.ofType(f.typ, state.Exists|state.Type|state.Definition)
	to := address.RefTo(key.addr)
	attrs := kinds.Field{Collate: f.collate, Column: f.column, Type: f.typ.Type, Relation: &kinds.Relation{Field: &to, Target: address.RefTo(target.addr)}}
	j.b.l.put(object{addr: f.addr, parent: j.model.addr, attrs: attrs, uses: u, rank: rank, app: j.b.model.app, at: j.field.at()})
	return f
}
