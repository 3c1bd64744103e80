package column

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
)

// Definition returns the column as a clause of CREATE TABLE or ADD COLUMN.
func (c Column) Definition() string {
	var b strings.Builder
	b.WriteString(c.Name + " " + c.Type.SQL)
	if c.Field.Collate != "" {
		b.WriteString(" COLLATE " + address.Quote(c.Field.Collate))
	}
	if c.Default != "" {
		b.WriteString(" DEFAULT " + c.Default)
	}
	if c.Generated != "" {
		b.WriteString(" GENERATED ALWAYS AS (" + c.Generated + ") " + map[bool]string{false: "STORED", true: "VIRTUAL"}[c.Field.Virtual])
	}
	if c.Field.Identity != "" {
		b.WriteString(" GENERATED " + c.identity())
	}
	if !c.Field.Null {
		b.WriteString(" NOT NULL")
	}
	return b.String()
}

// identity returns the kind of an identity column, with the name of its sequence
// where PostgreSQL would choose another one.
func (c Column) identity() string {
	text := c.Mode() + " AS IDENTITY"
	usual := c.table + "_" + c.Field.Column + "_seq"
	if c.Field.Sequence == "" || c.Field.Sequence == usual && len(usual) <= model.MaxName {
		return text
	}
	return text + " (SEQUENCE NAME " + address.Qualify(c.Schema, c.Field.Sequence) + ")"
}

// Mode returns when an identity column numbers rows: ALWAYS or BY DEFAULT.
func (c Column) Mode() string {
	if c.Field.Identity == "always" {
		return "ALWAYS"
	}
	return "BY DEFAULT"
}

// AddIdentity makes the column an identity column that goes on behind the highest
// value.
func (c Column) AddIdentity() []string {
	return []string{
		c.Alter("ADD GENERATED " + c.identity()),
		"SELECT setval(pg_get_serial_sequence(" + address.Literal(c.Table) + ", " + address.Literal(c.Field.Column) +
			"), coalesce(max(" + c.Name + "), 0) + 1, false) FROM " + c.Table,
	}
}
