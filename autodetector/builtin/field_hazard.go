package builtin

import (
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

func (x fields) hazards(r retyping, before, after *state.Object) []operation.Hazard {
	hazards := x.liftedHazards(r)
	if !r.retype {
		return hazards
	}
	if lost := lost(x.from.column(before.Address), r.from.kind, r.to.kind); lost != "" {
		hazards = append(hazards, lossHazard(x.from, before, lost, false))
	}
	if lost := lost(r.to.name, r.to.kind, r.from.kind); lost != "" {
		hazards = append(hazards, lossHazard(x.to, after, lost, true))
	}
	if rewrites(r.from.kind, r.to.kind) {
		hazards = append(hazards, operation.Hazard{
			Code: "table_rewrite", Object: after.Address,
			Text: "every row of " + r.to.table + " is written anew; readers and writers wait until it is done",
		})
	}
	return hazards
}

// createdHazards: on the way back the values are lost that differ from what the
// column began with.
func (c column) createdHazards(once string) []operation.Hazard {
	if c.generated != "" || c.field.Identity != "" {
		return nil
	}
	condition := c.name + " IS NOT NULL"
	if once == "" && isLiteral(c.field.Default) {
		// Not every type has an operator for equality; text has.
		condition = c.name + "::text IS DISTINCT FROM " + c.value + "::" + c.kind.sql + "::text"
	}
	return []operation.Hazard{c.valuesLost(condition, true)}
}

func isLiteral(n *expression.Node) bool {
	return n != nil && (n.Kind == expression.String || n.Kind == expression.Number || n.Kind == expression.Bool)
}

func (c column) droppedHazards() []operation.Hazard {
	if c.generated != "" {
		return nil
	}
	return []operation.Hazard{c.valuesLost(c.name+" IS NOT NULL", false)}
}

func (c column) valuesLost(condition string, down bool) operation.Hazard {
	return operation.Hazard{
		Code: operation.DataLoss, Object: c.address, Down: down,
		Text:  "the values of " + c.table + "." + c.name + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + c.table + " WHERE " + condition + ")",
	}
}

// vacantHazards: a NOT NULL column that was dropped cannot come back into a table
// with rows, unless something gives them a value.
func (x fields) vacantHazards(c column) []operation.Hazard {
	parent := x.pass.To.Get(x.pass.From.Get(c.address).Parent)
	if parent == nil || c.fillsItself() || x.domainDefault(c.field.Type) {
		return nil
	}
	return []operation.Hazard{c.vacant(x.to.table(parent.Address), "")}
}

// liftedHazards: NOT NULL cannot come back while rows hold null.
func (x fields) liftedHazards(r retyping) []operation.Hazard {
	if r.from.field.Null || !r.to.field.Null || r.from.fillsItself() {
		return nil
	}
	return []operation.Hazard{r.from.vacant(r.to.table, " WHERE "+r.to.name+" IS NULL")}
}

func (c column) fillsItself() bool {
	return c.field.Null || c.value != "" || c.generated != "" || c.field.Identity != ""
}

func (c column) vacant(table, condition string) operation.Hazard {
	return operation.Hazard{
		Code: operation.NoValue, Object: c.address, Down: true,
		Text:  "rows of " + table + " would have no value for " + c.name + ", which is NOT NULL and has no default",
		Probe: "SELECT EXISTS (SELECT FROM " + table + condition + ")",
	}
}
