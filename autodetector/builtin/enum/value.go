package enum

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// values returns the statements for values that come, go or change places.
func (x enums) values(op *sdk.Operation, after *sdk.Object, e model.Enum, plan plan) (up, down []string) {
	if slices.Equal(plan.before, plan.after) {
		return nil, nil
	}
	conversion := usertype.Convert(x.Work, after.Address, name(e))
	conversion.Renaming = plan.change().Renaming(x.Work, after.Address)
	old := e
	old.Values = plan.before
	op.Summary += ": " + plan.summary()
	op.Needs = append(op.Needs, conversion.Needs()...)
	op.Hazard = append(x.lost(conversion, plan.removed(), false), x.lost(conversion, plan.fresh(), true)...)
	if plan.recreates() {
		op.Touches = append(op.Touches, conversion.Touches()...)
		op.Hazard = append(op.Hazard, conversion.Rewrites()...)
		return conversion.Statements(create(e), true), conversion.Statements(create(old), false)
	}
	op.Transaction = operation.Committed
	for _, a := range plan.added() {
		up = append(up, a.statement(e))
	}
	return up, []string{conversion.Released(conversion.Statements(create(old), false))}
}

// lost returns a hazard for each column that may hold one of the values. The
// conversion fails on such a row: nobody but the user knows what it shall hold
// instead.
func (x enums) lost(c usertype.Conversion, values []string, down bool) []sdk.Hazard {
	if len(values) == 0 {
		return nil
	}
	at := x.From
	if down {
		at = x.To
	}
	var hazards []sdk.Hazard
	for _, user := range c.Users {
		hazards = append(hazards, user.ValuesLost(at, literals(values), down))
	}
	return hazards
}

func literals(values []string) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = address.Literal(value)
	}
	return strings.Join(texts, ", ")
}
