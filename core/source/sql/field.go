package sql

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// nameFields decides which columns are foreign keys of the model language, and names
// those fields.
func (w *Work) nameFields() {
	if w.plain {
		return
	}
	for _, t := range w.order {
		if t.within != nil {
			continue
		}
		for i := range t.constraints {
			c := &t.constraints[i]
			if c.Kind != ddl.ForeignKey || len(c.Columns) != 1 {
				continue
			}
			if column := t.column(c.Columns[0]); column != nil && column.leads == nil && t.isRelation(c, column) {
				column.leads, c.taken = c, true
			}
		}
		t.relationNames()
	}
}

// relationNames takes the _id off the names of columns that lead somewhere.
func (t *Table) relationNames() {
	for _, c := range t.columns {
		name, ok := strings.CutSuffix(c.Name, "_id")
		if c.leads != nil && ok && name != "" && !t.hasField(name) {
			c.field = name
		}
	}
}

func (t *Table) hasField(name string) bool {
	for _, c := range t.columns {
		if c.field == name || c.Name == name {
			return true
		}
	}
	return false
}

// isRelation reports whether a field of type foreign_key makes just this constraint.
func (t *Table) isRelation(c *constraint, column *Column) bool {
	target := t.work.Table(c.statement, c.Target)
	if target == nil || !t.usual(c, column.Name, "fkey") || !c.plain() {
		return false
	}
	to := target.leadColumn(c.TargetColumns)
	return to != nil && t.sameType(column, target, to) && column.Generated == nil
}

// usual reports whether a constraint has the name that a field gives it.
func (t *Table) usual(c *constraint, column, suffix string) bool {
	return c.Name == "" || c.Name == model.Name(t.name.Name, column, suffix)
}

// leadColumn returns the one column that a foreign key leads to, or nil.
func (t *Table) leadColumn(columns []string) *Column {
	if len(columns) == 0 && t.key() != nil {
		columns = t.key().Columns
	}
	if len(columns) != 1 {
		return nil
	}
	return t.column(columns[0])
}

func (t *Table) sameType(a *Column, other *Table, b *Column) bool {
	return t.work.typeKey(t.statement, a.Type) == other.work.typeKey(other.statement, b.Type) && (a.Collation == b.Collation)
}

// declareField adds the block of a column.
func (w *Work) declareField(t *Table, c *Column) {
	b := t.block.Inner("field", c.field, c.Place)
	if c.leads != nil {
		w.declareRelation(t, c, b)
	} else {
		b.Set("type", w.columnType(t, c))
		if c.Collation.Name != "" {
			b.Set("collate", Text(collation(c.Collation)))
		}
		b.SetTrue("unique", t.takeUnique(c))
		if c.field != c.Name {
			b.Set("column", Text(c.Name))
		}
	}
	b.SetTrue("null", !c.NotNull && c.Identity == "")
	b.SetTrue("primary_key", t.plainKey() == c)
	w.declareValue(t, c, b)
	b.SetText("comment", c.comment)
	b.SetWord("storage", strings.ToLower(c.Storage))
	b.SetWord("compression", strings.ToLower(c.Compression))
	if c.statistics != "" && c.statistics != "-1" {
		b.Set("statistics", Number(c.statistics))
	}
	for _, what := range c.Unread {
		w.no(t.statement, c.Place, "a field has no "+what, "")
	}
}

// declareValue says where the values of a column come from.
func (w *Work) declareValue(t *Table, c *Column, b *Block) {
	switch {
	case c.Identity != "":
		b.Set("identity", Word(c.Identity))
		w.identity(t, c)
	case c.Generated != nil:
		generated := b.Inner("generated", "", c.Place)
		generated.Set("as", w.Expression(c.statement, t, c.Generated))
		generated.SetTrue("virtual", c.Virtual)
	case Serial(c.Type) != "" && c.Default == nil:
		b.Set("default", Call("nextval", w.objectName(t.app, ddl.Name{Schema: t.name.Schema, Name: t.SequenceName(c.Name)})))
	case c.Default != nil:
		b.Set("default", w.defaultOf(c.statement, t.app, c.Type, c.Default))
	}
}

// SequenceName returns how PostgreSQL calls the sequence of a serial column.
func (t *Table) SequenceName(column string) string { return model.Name(t.name.Name, column, "seq") }

func (w *Work) columnType(t *Table, c *Column) *declare.Expr {
	if own := Serial(c.Type); own != "" {
		return Word(own)
	}
	return w.Type(t.statement, c.Type)
}

// plainKey returns the column that is the primary key, if the field can say it.
func (t *Table) plainKey() *Column {
	k := t.key()
	if k == nil || len(k.Columns) != 1 || len(k.Include) > 0 || k.Deferrable != "" || !k.plain() || k.Name != "" && k.Name != model.Name(t.name.Name, "pkey") {
		return nil
	}
	return t.column(k.Columns[0])
}

// takeUnique takes the unique constraint of a column that its field says.
func (t *Table) takeUnique(column *Column) bool {
	for i := range t.constraints {
		c := &t.constraints[i]
		if c.Kind == ddl.UniqueConstraint && !c.taken && len(c.Columns) == 1 && c.Columns[0] == column.Name && t.usual(c, column.Name, "key") &&
			c.plain() && len(c.Include) == 0 && c.Deferrable == "" && !c.NullsNotDistinct {
			c.taken = true
			return true
		}
	}
	return false
}

func collation(n ddl.Name) string {
	if n.Schema == "" || n.Schema == "pg_catalog" || n.Schema == publicSchema {
		return n.Name
	}
	return n.Schema + "." + n.Name
}
