package column

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Alter returns ALTER TABLE with an action on the column.
func (c Column) Alter(action string) string {
	return "ALTER TABLE " + c.Table + " " + c.Action(action)
}

// Action returns an action of ALTER TABLE on the column.
func (c Column) Action(action string) string { return "ALTER COLUMN " + c.Name + " " + action }

// Add returns the statements that add the column to a table. A one-off value is
// for the rows that are there; it does not stay as the default.
func (c Column) Add(once string) []string {
	adding := c.valued(once)
	texts := []string{adding.Adding().Text()}
	if adding.Default != c.Default {
		texts = append(texts, c.SetDefault())
	}
	texts = append(texts, c.Tune(Column{})...)
	if c.Field.Comment != "" {
		texts = append(texts, c.SetComment())
	}
	return texts
}

// Drop returns the statement that takes the column away.
func (c Column) Drop() string { return c.Dropping().Text() }

// valued returns the column with a one-off value as its default.
func (c Column) valued(once string) Column {
	if once != "" {
		c.Default = once
	}
	return c
}

// Adding returns the first statement of Add without a one-off value, in a form that
// can become one with others on the table.
func (c Column) Adding() operation.Statement {
	return operation.AlterTable(c.Table, operation.Adding, "ADD COLUMN "+c.Definition())
}

// Dropping returns Drop in that form.
func (c Column) Dropping() operation.Statement {
	return operation.AlterTable(c.Table, operation.Dropping, "DROP COLUMN "+c.Name)
}

// SetDefault returns the statement that sets the default, or takes it away.
func (c Column) SetDefault() string {
	if c.Default == "" {
		return c.Alter("DROP DEFAULT")
	}
	return c.Alter("SET DEFAULT " + c.Default)
}

// SetComment returns the statement that sets the comment, or takes it away.
func (c Column) SetComment() string {
	return sdk.Comment("COLUMN "+c.Table+"."+c.Name, c.Field.Comment)
}

// TypeAction returns the change of the type from that of another column, as an action
// of ALTER TABLE. What values become is given as SQL, or "" for what Using says.
func (c Column) TypeAction(from Column, using string) string {
	action := "TYPE " + c.Type.SQL
	if c.Field.Collate != "" {
		action += " COLLATE " + address.Quote(c.Field.Collate)
	}
	if using == "" {
		using = from.Type.Using(c.Name, c.Type)
	}
	if using != "" {
		action += " USING " + using
	}
	return c.Action(action)
}

// Fill gives a value to the rows that have none. Checks that wait for the end of
// the transaction are made at once: a table with such checks cannot be altered.
func (c Column) Fill(value string) []string {
	return []string{
		"UPDATE " + c.Table + " SET " + c.Name + " = " + value + " WHERE " + c.Name + " IS NULL",
		"SET CONSTRAINTS ALL IMMEDIATE",
	}
}

// Number gives rows without a value one behind the highest.
func (c Column) Number() []string {
	return []string{
		"UPDATE " + c.Table + " AS t SET " + c.Name + " = n.value FROM (SELECT ctid, row_number() OVER (ORDER BY ctid) + " +
			"coalesce((SELECT max(" + c.Name + ") FROM " + c.Table + "), 0) AS value FROM " + c.Table +
			" WHERE " + c.Name + " IS NULL) AS n WHERE t.ctid = n.ctid",
		"SET CONSTRAINTS ALL IMMEDIATE",
	}
}
