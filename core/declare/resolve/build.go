package resolve

import (
	"fmt"
	"slices"

	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// build makes the objects of an app.
func (l *loader) build(a *app) {
	l.buildTops(a)
	for _, m := range a.order {
		l.buildModel(m)
	}
}

func (l *loader) buildModel(m *model) {
	u := &uses{}
	u.schema(m.schema)
	l.put(object{
		addr: m.addr, app: m.app, at: m.at, uses: u,
		attrs: kinds.Model{
			Comment: m.comment, Schema: m.schema, Storage: m.tuning.storage, Table: m.table, Tablespace: m.tuning.tablespace,
			Unlogged: m.tuning.unlogged, Unmanaged: m.unmanaged, PartitionBy: l.partitionBy(m),
		},
	})
	b := &builder{l: l, model: m}
	b.primaryKey()
	for _, f := range m.fields {
		b.field(f)
		l.checkColumn(m, f)
	}
	l.checkWidth(m)
	for _, p := range m.parts {
		b.part(p)
	}
	b.options(m.allOptions(), m.addr, nil)
}

// A builder makes the objects of a model, in order.
type builder struct {
	l     *loader
	model *model
	rank  int
}

func (b *builder) nextRank() int {
	b.rank++
	return b.rank
}

// maxColumns is how many columns a table can have (MaxHeapAttributeNumber).
const maxColumns = 1600

func (l *loader) checkWidth(m *model) {
	columns := 0
	for _, f := range m.fields {
		if f.column != "" {
			columns++
		}
	}
	if columns > maxColumns {
		l.report(m.at, codeColumn, fmt.Sprintf("model %q has %d columns", m.name, columns),
			fmt.Sprintf("A table of PostgreSQL has at most %d.", maxColumns), "divide it, with a one_to_one between the parts")
	}
}

// systemColumns are in every table.
var systemColumns = []string{"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"}

func (l *loader) checkColumn(m *model, f *field) {
	if f.column == "" {
		return
	}
	if other := m.otherWith(f); other != nil {
		l.report(f.at(), codeColumn, fmt.Sprintf("fields %q and %q of model %q have one column, %q", other.name, f.name, m.name, f.column),
			fmt.Sprintf("The other one is at %s. The column of a foreign key is its name with _id.", other.at().Range()),
			`rename one of them, or give it another column with column = "..."`)
		return
	}
	if slices.Contains(systemColumns, f.column) {
		l.report(f.at(), codeColumn, fmt.Sprintf("column %q of model %q is one of PostgreSQL's own", f.column, m.name),
			"Every table has a system column of this name.", `rename the field, or write column = "..."`)
	}
	l.fits(f.at(), "column", f.column)
}

// otherWith returns another field with the column of f, or nil. Only fields whose
// column is not their name are looked at, for names are distinct.
func (m *model) otherWith(f *field) *field {
	if f.column == f.name {
		return nil
	}
	for _, other := range m.fields {
		if other != f && other.column == f.column && (other.column == other.name || other.rank < f.rank) {
			return other
		}
	}
	return nil
}
