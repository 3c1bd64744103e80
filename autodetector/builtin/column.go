package builtin

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A column is a field with everything about it as SQL, with the names of one
// moment.
type column struct {
	address   address.Address
	field     model.Field
	table     string // qualified
	schema    string // of the table, plain
	tableName string // plain
	name      string
	kind      columnType
	value     string // DEFAULT; empty without one
	generated string
}

func (v view) columnOf(o *state.Object) column {
	f := decode[model.Field](v.work, o)
	m := v.model(o.Parent)
	c := column{
		address: o.Address, field: f, table: address.Qualify(m.Schema, m.Table), schema: m.Schema, tableName: m.Table,
		name: address.Quote(f.Column),
	}
	if isMany(f) {
		return c
	}
	c.kind = v.columnType(f)
	c.value = v.defaultSQL(f.Default, f.Type)
	if f.Generated != nil {
		c.generated = v.expression(*f.Generated)
	}
	return c
}

func isMany(f model.Field) bool { return f.Relation != nil && f.Relation.Many }

// defaultSQL returns a default as SQL, or "" for none. A list says its type: an
// array of texts could not become one of an enum otherwise.
func (v view) defaultSQL(n *expression.Node, t model.Type) string {
	if n == nil || n.Kind == expression.Null {
		return ""
	}
	text := v.enclosed(*n)
	if n.Kind == expression.List && len(n.Args) > 0 && t.Dimensions > 0 {
		text += "::" + v.typeSQL(t)
	}
	return text
}

// definition returns the column as a clause of CREATE TABLE or ADD COLUMN.
func (c column) definition() string {
	var b strings.Builder
	b.WriteString(c.name + " " + c.kind.sql)
	if c.field.Collate != "" {
		b.WriteString(" COLLATE " + address.Quote(c.field.Collate))
	}
	if c.value != "" {
		b.WriteString(" DEFAULT " + c.value)
	}
	if c.generated != "" {
		b.WriteString(" GENERATED ALWAYS AS (" + c.generated + ") STORED")
	}
	if c.field.Identity != "" {
		b.WriteString(" GENERATED " + c.identity())
	}
	if !c.field.Null {
		b.WriteString(" NOT NULL")
	}
	return b.String()
}

// identity returns the kind of an identity column, with the name of its sequence
// where PostgreSQL would choose another one.
func (c column) identity() string {
	text := c.mode() + " AS IDENTITY"
	usual := c.tableName + "_" + c.field.Column + "_seq"
	if c.field.Sequence == "" || c.field.Sequence == usual && len(usual) <= model.MaxName {
		return text
	}
	return text + " (SEQUENCE NAME " + address.Qualify(c.schema, c.field.Sequence) + ")"
}

func (c column) mode() string {
	if c.field.Identity == "always" {
		return "ALWAYS"
	}
	return "BY DEFAULT"
}

// alter returns ALTER TABLE with an action on the column.
func (c column) alter(action string) string {
	return "ALTER TABLE " + c.table + " ALTER COLUMN " + c.name + " " + action
}

// add returns the statements that add the column to a table. A one-off value is
// for the rows that are there; it does not stay as the default.
func (c column) add(once string) []string {
	adding := c
	if once != "" {
		adding.value = once
	}
	texts := []string{"ALTER TABLE " + c.table + " ADD COLUMN " + adding.definition()}
	if adding.value != c.value {
		texts = append(texts, c.setDefault())
	}
	if c.field.Comment != "" {
		texts = append(texts, c.comment())
	}
	return texts
}

func (c column) drop() string { return "ALTER TABLE " + c.table + " DROP COLUMN " + c.name }

func (c column) setDefault() string {
	if c.value == "" {
		return c.alter("DROP DEFAULT")
	}
	return c.alter("SET DEFAULT " + c.value)
}

func (c column) comment() string { return comment("COLUMN "+c.table+"."+c.name, c.field.Comment) }

// setType returns the change of the type from that of another column.
func (c column) setType(from column) string {
	action := "TYPE " + c.kind.sql
	if c.field.Collate != "" {
		action += " COLLATE " + address.Quote(c.field.Collate)
	}
	if conversion := using(c.name, from.kind, c.kind); conversion != "" {
		action += " USING " + conversion
	}
	return c.alter(action)
}

// fill gives a value to the rows that have none. Checks that wait for the end of
// the transaction are made at once: a table with such checks cannot be altered.
func (c column) fill(value string) []string {
	return []string{
		"UPDATE " + c.table + " SET " + c.name + " = " + value + " WHERE " + c.name + " IS NULL",
		"SET CONSTRAINTS ALL IMMEDIATE",
	}
}

// number gives rows without a value one behind the highest.
func (c column) number() []string {
	return []string{
		"UPDATE " + c.table + " AS t SET " + c.name + " = n.value FROM (SELECT ctid, row_number() OVER (ORDER BY ctid) + " +
			"coalesce((SELECT max(" + c.name + ") FROM " + c.table + "), 0) AS value FROM " + c.table +
			" WHERE " + c.name + " IS NULL) AS n WHERE t.ctid = n.ctid",
		"SET CONSTRAINTS ALL IMMEDIATE",
	}
}

// addIdentity makes the column an identity column that goes on behind the
// highest value.
func (c column) addIdentity() []string {
	return []string{
		c.alter("ADD GENERATED " + c.identity()),
		"SELECT setval(pg_get_serial_sequence(" + address.Literal(c.table) + ", " + address.Literal(c.field.Column) +
			"), coalesce(max(" + c.name + "), 0) + 1, false) FROM " + c.table,
	}
}
