// Package column writes the columns of tables: as a clause of CREATE TABLE, as
// statements that add, change and fill one, and their types with the ways between
// them. The kind field renders with it, and so does what lies under columns: enums
// and domains. It owns no objects and decides nothing.
package column

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Column is a field with everything about it as SQL, with the names of one
// moment.
type Column struct {
	Address   address.Address
	Field     model.Field
	Schema    string // of the table, plain
	Table     string // with its schema
	Name      string
	Type      Type
	Default   string // empty without one
	Generated string // the expression; empty without one

	table string // plain
}

// Of returns the column of a field. A many_to_many has none; of it there are only
// the names of the table.
func Of(at sdk.Moment, o *sdk.Object) Column {
	f := sdk.AttrsOf[model.Field](at.Work, o)
	m := at.Model(o.Parent)
	c := Column{
		Address: o.Address, Field: f, Schema: m.Schema, Table: address.Qualify(m.Schema, m.Table), table: m.Table,
		Name: address.Quote(f.Column),
	}
	if c.IsMany() {
		return c
	}
	c.Type = TypeOf(at, f)
	c.Default = Default(at, f.Default, f.Type)
	if f.Generated != nil {
		c.Generated = at.SQL(*f.Generated)
	}
	return c
}

// IsMany reports whether the field is a many_to_many, which has no column.
func (c Column) IsMany() bool { return IsMany(c.Field) }

// IsMany reports whether a field is a many_to_many, which has no column.
func IsMany(f model.Field) bool { return f.Relation != nil && f.Relation.Many }

// Default returns a default of a type as SQL, or "" for none. A list says its
// type: an array of texts could not become one of an enum otherwise.
func Default(at sdk.Moment, n *expression.Node, t model.Type) string {
	if n == nil || n.Kind == expression.Null {
		return ""
	}
	text := at.Enclosed(*n)
	if of, typed := listed(at, *n, t); typed {
		text += "::" + at.Type(of)
	}
	return text
}

// ValuesLost returns the hazard that values are lost in the rows for which a
// condition holds.
func (c Column) ValuesLost(condition string, down bool) sdk.Hazard {
	return sdk.Hazard{
		Code: operation.DataLoss, Object: c.Address, Down: down,
		Text:  "the values of " + c.Table + "." + c.Name + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + c.Table + " WHERE " + condition + ")",
	}
}

// Unfit returns the hazards that values do not survive a change to another type, and
// that the change fails for some, or none.
func (c Column) Unfit(to Type, down bool) []sdk.Hazard {
	var hazards []sdk.Hazard
	if condition := c.Type.Lost(c.Name, to); condition != "" {
		hazards = append(hazards, c.hazard(operation.DataLoss, "the new type", condition, down))
	}
	if condition := c.Type.Misfit(c.Name, to); condition != "" {
		hazards = append(hazards, c.hazard(operation.NoFit, to.SQL, condition, down))
	}
	return hazards
}

func (c Column) hazard(code, into, condition string, down bool) sdk.Hazard {
	return sdk.Hazard{
		Code: code, Object: c.Address, Down: down,
		Text:  "values of " + c.Table + "." + c.Name + " do not fit into " + into,
		Probe: "SELECT EXISTS (SELECT FROM " + c.Table + " WHERE " + condition + ")",
	}
}

// Requires reports whether the column becomes NOT NULL in another one.
func (c Column) Requires(to Column) bool { return c.Field.Null && !to.Field.Null }
