package constraint

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// unkept: a constraint that is gone cannot come back while rows do not keep it. On a
// table in use that would be found when a part of the way back is gone.
func (x constraints) unkept(o *sdk.Object) sdk.Hazard {
	c, rows := attrs(x.Work, o), "SELECT FROM "
	if hasIndex(c) {
		rows = "SELECT count(*) FROM " // of each value
	}
	return sdk.Hazard{
		Code: operation.NoFit, Object: o.Address, Down: true,
		Text:  "rows of " + table(x.To, o) + " do not keep " + address.Quote(c.Name),
		Probe: "SELECT EXISTS (" + rows + table(x.To, o) + x.breaking(c) + ")",
	}
}

// breaking returns the condition that rows do not keep a constraint.
func (x constraints) breaking(c model.Constraint) string {
	switch {
	case c.Type == model.Check:
		return " WHERE NOT (" + x.To.SQL(*c.Check) + ")"
	case c.Type == model.ForeignKey:
		return " AS r WHERE " + x.each(c, "r.? IS NOT NULL", nil) + " AND NOT EXISTS (SELECT FROM " + x.To.Table(c.Target.Address) +
			" AS t WHERE " + x.each(c, "t.?? = r.?", c.TargetFields) + ")"
	case c.NullsNotDistinct:
		return " GROUP BY " + x.To.Columns(c.Fields) + " HAVING count(*) > 1"
	}
	return " WHERE " + x.each(c, "? IS NOT NULL", nil) + " GROUP BY " + x.To.Columns(c.Fields) + " HAVING count(*) > 1"
}

// each returns a condition for each field, and for what it leads to, with their columns
// in the place of "?" and "??".
func (x constraints) each(c model.Constraint, condition string, targets []address.Ref) string {
	list := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		text := condition
		if i < len(targets) {
			text = strings.ReplaceAll(text, "??", x.To.Column(targets[i].Address))
		}
		list[i] = strings.ReplaceAll(text, "?", x.To.Column(f.Address))
	}
	return strings.Join(list, " AND ")
}
