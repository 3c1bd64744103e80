package sql

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// A Table is a table that becomes a model.
type Table struct {
	work        *Work
	made        ddl.CreateTable
	statement   Statement
	name        ddl.Name
	app         source.App
	label       string
	columns     []*Column
	constraints []constraint
	indexes     []index
	comment     string
	block       *Block
	within      *within // of a partition
}

// A Column is a column of a table, with what statements after CREATE TABLE say of it.
type Column struct {
	ddl.TableColumn
	statement  Statement // that says its default
	field      string
	comment    string
	statistics string
	leads      *constraint // the foreign key that the field is
}

// A constraint is a constraint with the statement that says it.
type constraint struct {
	ddl.Constraint
	statement Statement
	comment   string
	taken     bool   // a field says it
	attached  string // the one of the table that the partition is of, by its name
}

// An index is an index with the statement that makes it.
type index struct {
	ddl.CreateIndex
	statement Statement
	comment   string
	attached  string
}

// createTable takes in a table.
func (w *Work) createTable(s Statement, d ddl.CreateTable) {
	s = w.located(s)
	name := w.Made(s, d.Name)
	if passedTable(name) {
		return
	}
	if w.tables[name] != nil {
		w.twice(s, d.Place, "table", name)
		return
	}
	if !w.isModel(s, d) {
		return
	}
	t := &Table{work: w, made: d, statement: s, name: name, app: w.app(s.file, name.Schema)}
	s.belongs(t.app)
	t.label = w.free(t.app.Label, "table", name, "")
	for _, c := range d.Columns {
		t.addColumn(s, c)
	}
	for _, c := range d.Constraints {
		t.add(s, c)
	}
	w.tables[name], w.order = t, append(w.order, t)
	if d.Partition != nil {
		t.within = &within{of: d.Partition.Of, bound: d.Partition.Bound, statement: s}
	}
	t.block = newBlock(s.file, t.app, "model", t.label, d.Place)
	w.tops = append(w.tops, t.block)
	w.register(blockKey{"table", name.Schema, name.Name}, t.block)
}

// isModel reports what no model can be.
func (w *Work) isModel(s Statement, d ddl.CreateTable) bool {
	switch {
	case d.Temporary:
		w.no(s, d.Place, "a temporary table is no model", "It is gone at the end of the session.")
	case len(d.Inherits) > 0:
		w.no(s, d.Place, "models inherit from no other table", "")
	case len(d.Unread) > 0:
		w.no(s, d.Place, "models have no "+d.Unread[0], "")
	case d.Method != "" && d.Method != "heap":
		w.no(s, d.Place, "models have no access method such as "+d.Method, "")
	default:
		return true
	}
	return false
}

func (t *Table) addColumn(s Statement, c ddl.TableColumn) {
	column := &Column{TableColumn: c, statement: s, field: c.Name}
	if serial[c.Type.Name] != "" && !c.Type.Own() {
		column.NotNull = true
	}
	t.columns = append(t.columns, column)
	for _, one := range c.Constraints {
		t.add(s, one)
	}
}

// add takes in a constraint. A primary key has no NULLs in it.
func (t *Table) add(s Statement, c ddl.Constraint) {
	t.constraints = append(t.constraints, constraint{Constraint: c, statement: s})
	if c.Kind != ddl.PrimaryKey {
		return
	}
	for _, name := range c.Columns {
		if column := t.column(name); column != nil {
			column.NotNull = true
		}
	}
}

func (t *Table) column(name string) *Column {
	i := slices.IndexFunc(t.columns, func(c *Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return t.columns[i]
}

// key returns the primary key, or nil.
func (t *Table) key() *constraint {
	for i := range t.constraints {
		if t.constraints[i].Kind == ddl.PrimaryKey {
			return &t.constraints[i]
		}
	}
	return nil
}

// Table returns the table that is named, or nil.
func (w *Work) Table(s Statement, name ddl.Name) *Table {
	for _, n := range w.candidates(s.file, name) {
		if t := w.tables[n]; t != nil {
			return t
		}
	}
	return nil
}

// Tables returns the tables of the files, in their order.
func (w *Work) Tables() []*Table { return slices.Clone(w.order) }

// Name returns the name of the table in the database.
func (t *Table) Name() ddl.Name { return t.name }

// Statement returns the statement that makes the table.
func (t *Table) Statement() Statement { return t.statement }

// Columns returns the columns of the table as they are written.
func (t *Table) Columns() []ddl.TableColumn {
	all := make([]ddl.TableColumn, len(t.columns))
	for i, c := range t.columns {
		all[i] = c.TableColumn
	}
	return all
}

// Option makes a block in the model, or an argument of it if it has no label. Of
// what is looked for by its name in the database, the class says what SQL calls it.
func (t *Table) Option(s Statement, word, class, name string, at ddl.Span) *Block {
	s.belongs(t.app)
	b := newBlock(t.fileOf(s), t.app, word, name, t.placeOf(s, at))
	t.block.block.Body.Blocks = append(t.block.block.Body.Blocks, b.block)
	t.work.register(blockKey{class, t.name.Schema, t.name.Name + "." + name}, b)
	return b
}

// Block returns the block of the model.
func (t *Table) Block() *Block { return t.block }

// OptionOf returns the block of an option by its name in the database, or nil.
func (t *Table) OptionOf(class, name string) *Block {
	if found := t.work.blocks[blockKey{class, t.name.Schema, t.name.Name + "." + name}]; len(found) > 0 {
		return found[0]
	}
	return nil
}

// Field returns the name of the field of a column. ok is false if there is none.
func (t *Table) Field(column string) (name string, ok bool) {
	if c := t.column(column); c != nil {
		return c.field, true
	}
	return "", false
}

// fileOf and placeOf are where something is said of a table; what another file says
// has the place of the table.
func (t *Table) fileOf(Statement) *file { return t.statement.file }

func (t *Table) placeOf(s Statement, at ddl.Span) ddl.Span {
	if s.file.Name != t.statement.file.Name {
		return t.made.Place
	}
	return at
}

// serial are the types that stand for an integer with a sequence.
var serial = map[string]string{
	"serial": "integer", "serial4": "integer", "bigserial": "bigint", "serial8": "bigint", "smallserial": "smallint", "serial2": "smallint",
}

// Serial returns the integer that a serial type stands for; empty for other types.
func Serial(t ddl.Type) string {
	if t.Schema != "" {
		return ""
	}
	return serial[t.Name]
}
