package resolve

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A selectable is what SQL can select from.
type selectable struct {
	addr    address.Address
	columns []column
	// block is the block whose query says what the columns are; nil for a table.
	block *top
}

// A column is one of a selectable. Of a query's it has no address.
type column struct {
	name string
	addr address.Address
	typ  string // as SQL, empty if it is not known
	of   *typ   // nil for that of a query
}

// selectables returns everything that SQL can select from, by its name in the
// database. The columns of models are known by then; those of queries are found
// when they are asked for.
func (l *loader) selectables() map[nameKey]*selectable {
	if l.selecting != nil {
		return l.selecting
	}
	l.selecting = map[nameKey]*selectable{}
	l.eachApp(func(l *loader, a *app) {
		for _, m := range a.order {
			l.selecting[nameKey{class: relationName, schema: m.schema, name: m.table}] = tableOf(m)
			for _, f := range m.fields {
				l.selectJoin(m, f)
			}
		}
		for _, t := range a.tops {
			if key, ok := l.topName(t, relationName); ok {
				l.selecting[key] = &selectable{addr: t.addr, block: t}
			}
		}
	})
	return l.selecting
}

func tableOf(m *model) *selectable {
	s := &selectable{addr: m.addr}
	for _, f := range m.fields {
		if f.column != "" {
			s.columns = append(s.columns, column{name: f.column, addr: f.addr, typ: f.typ.sqlName(), of: f.typ})
		}
	}
	return s
}

// selectJoin adds the join table of a many_to_many that nobody has written.
func (l *loader) selectJoin(m *model, f *field) {
	if f.relation == nil || !f.relation.many || f.attrs.through != nil {
		return
	}
	addr := f.addr.WithKind(kinds.ModelKind)
	from, to := joinPrefixes(m, f.relation.target)
	side := func(name, as string, typ *typ) column {
		return column{name: as, addr: addr.Child(kinds.FieldKind, name), typ: typ.sqlName()}
	}
	l.selecting[nameKey{class: relationName, schema: m.schema, name: l.joinTable(m, f)}] = &selectable{addr: addr, columns: []column{
		side("id", "id", modelTypes["bigint"]),
		side("from", kinds.Name(from, "id"), keyType(m)), side("to", kinds.Name(to, "id"), keyType(f.relation.target)),
	}}
}

// keyType returns the type of a model's primary key of one field, or nil.
func keyType(m *model) *typ {
	if m.key == nil || len(m.key.fields) != 1 {
		return nil
	}
	return m.key.fields[0].typ
}

// joinTable returns the name of a join table that nobody has written.
func (l *loader) joinTable(m *model, f *field) string {
	if f.attrs.table != nil {
		if name, ok := l.identifier(f.file, f.attrs.table); ok {
			return name
		}
	}
	return kinds.Name(m.name, f.name)
}

// joinPrefixes returns what the columns of a join table begin with.
func joinPrefixes(source, target *model) (from, to string) {
	if source.name == target.name {
		return "from_" + source.name, "to_" + target.name
	}
	return source.name, target.name
}

// topName returns the name in the database of a block's object in a class, if it
// has one there, before its object is made.
func (l *loader) topName(t *top, class string) (key nameKey, found bool) {
	key = nameKey{class: class, schema: t.app.Schema, name: t.name}
	for _, a := range t.owned.option.Shape.Attrs {
		switch a.Names {
		case class:
			found = true
			key.name = stringOr(t.block, a, key.name)
		case string(detect.NamesSchema):
			key.schema = stringOr(t.block, a, key.schema)
		}
	}
	return key, found
}

// stringOr returns the string that an argument is written with, or else text.
func stringOr(b *declare.Block, a detect.Attr, text string) string {
	for _, attr := range b.Body.Attrs {
		if e := strip(attr.Value); attr.Name.Text == a.Name && e.Kind == declare.String && e.Text != "" {
			return e.Text
		}
	}
	return text
}
