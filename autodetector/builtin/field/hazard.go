package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// hazards returns what a reviewer must know of a retyping.
func (x fields) hazards(r retyping, before, after *sdk.Object) []sdk.Hazard {
	hazards := append(lifted(r), filled(r)...)
	if !r.retype {
		return append(hazards, x.disturbances(r, after)...)
	}
	return append(hazards, x.converted(r, before, after)...)
}

// created: on the way back the values are lost that differ from what the
// column began with.
func created(c column.Column, once string) []sdk.Hazard {
	if c.Generated != "" {
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

// filled: on the way back rows that hold null get the declared default, or a number,
// and nothing says which they were.
func filled(r retyping) []sdk.Hazard {
	if r.from.Field.Null || !r.to.Field.Null || r.exchanged || len(r.backwards().fill()) == 0 {
		return nil
	}
	return []sdk.Hazard{{
		Code: operation.DataLoss, Object: r.to.Address, Down: true,
		Text:  "rows of " + r.to.Table + " whose " + r.to.Name + " is null get " + r.backwards().filling(),
		Probe: "SELECT EXISTS (SELECT FROM " + r.to.Table + " WHERE " + r.to.Name + " IS NULL)",
	}}
}

// uncomputed: on the way back a column is computed again, and the values are lost
// that are not those that it would have been given.
func (x fields) uncomputed(before *sdk.Object, from, to column.Column) []sdk.Hazard {
	if from.Generated == "" || to.Generated != "" {
		return nil
	}
	condition := to.Name + " IS NOT NULL"
	if x.readsWhatStays(before) {
		generated := x.To.SQL(*from.Field.Generated)
		condition = to.Name + "::text IS DISTINCT FROM (" + generated + ")::" + column.TypeOf(x.To, from.Field).SQL + "::text"
	}
	return []sdk.Hazard{to.ValuesLost(condition, true)}
}

// readsWhatStays reports whether everything that an object refers to is there
// afterwards, of the type that it has.
func (x fields) readsWhatStays(o *sdk.Object) bool {
	for _, ref := range o.Refs {
		was, is := x.From.Get(ref.Target), x.To.Get(ref.Target)
		if is == nil || ref.Target.Kind() == model.FieldKind && !sdk.Same(x.From.Field(was.Address).Type, x.To.Field(is.Address).Type) {
			return false
		}
	}
	return true
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
