package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// hazards returns what a reviewer must know of a retyping.
func (x fields) hazards(r retyping, before, after *sdk.Object) []sdk.Hazard {
	hazards := lifted(r)
	if !r.retype {
		return hazards
	}
	if lost := r.from.Type.Lost(x.From.Column(before.Address), r.to.Type); lost != "" {
		hazards = append(hazards, unfit(x.From, before, lost, false))
	}
	if lost := r.to.Type.Lost(r.to.Name, r.from.Type); lost != "" {
		hazards = append(hazards, unfit(x.To, after, lost, true))
	}
	if r.from.Type.Rewrites(r.to.Type) {
		hazards = append(hazards, sdk.Hazard{
			Code: "table_rewrite", Object: after.Address,
			Text: "every row of " + r.to.Table + " is written anew; readers and writers wait until it is done",
		})
	}
	return hazards
}

// unfit: values for which a condition holds do not survive the new type.
func unfit(at sdk.Moment, o *sdk.Object, condition string, down bool) sdk.Hazard {
	table := at.Table(o.Parent)
	return sdk.Hazard{
		Code: operation.DataLoss, Object: o.Address, Down: down,
		Text:  "values of " + table + "." + at.Column(o.Address) + " do not fit into the new type",
		Probe: "SELECT EXISTS (SELECT FROM " + table + " WHERE " + condition + ")",
	}
}

// created: on the way back the values are lost that differ from what the
// column began with.
func created(c column.Column, once string) []sdk.Hazard {
	if c.Generated != "" || c.Field.Identity != "" {
		return nil
	}
	condition := c.Name + " IS NOT NULL"
	if once == "" && isLiteral(c.Field.Default) {
		// Not every type has an operator for equality; text has.
		condition = c.Name + "::text IS DISTINCT FROM " + c.Default + "::" + c.Type.SQL + "::text"
	}
	return []sdk.Hazard{c.ValuesLost(condition, true)}
}

func isLiteral(n *expression.Node) bool {
	return n != nil && (n.Kind == expression.String || n.Kind == expression.Number || n.Kind == expression.Bool)
}

// dropped: the values are lost, but for those that are computed.
func dropped(c column.Column) []sdk.Hazard {
	if c.Generated != "" {
		return nil
	}
	return []sdk.Hazard{c.ValuesLost(c.Name+" IS NOT NULL", false)}
}

// vacated: a NOT NULL column that was dropped cannot come back into a table
// with rows, unless something gives them a value.
func (x fields) vacated(c column.Column) []sdk.Hazard {
	parent := x.To.Get(x.Pass.From.Get(c.Address).Parent)
	if parent == nil || fillsItself(c) || domainDefault(x.From, c.Field.Type) {
		return nil
	}
	return []sdk.Hazard{vacant(c, x.To.Table(parent.Address), "")}
}

// lifted: NOT NULL cannot come back while rows hold null.
func lifted(r retyping) []sdk.Hazard {
	if r.from.Field.Null || !r.to.Field.Null || fillsItself(r.from) {
		return nil
	}
	return []sdk.Hazard{vacant(r.from, r.to.Table, " WHERE "+r.to.Name+" IS NULL")}
}

// fillsItself reports whether rows get a value for a column without one.
func fillsItself(c column.Column) bool {
	return c.Field.Null || c.Default != "" || c.Generated != "" || c.Field.Identity != ""
}

// vacant: rows for which a condition holds would have no value.
func vacant(c column.Column, table, condition string) operation.Hazard {
	return sdk.Hazard{
		Code: operation.NoValue, Object: c.Address, Down: true,
		Text:  "rows of " + table + " would have no value for " + c.Name + ", which is NOT NULL and has no default",
		Probe: "SELECT EXISTS (SELECT FROM " + table + condition + ")",
	}
}
