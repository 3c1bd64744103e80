package enum

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
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
	conversion.Renamed = plan.change().Default
	old := e
	old.Values = plan.before
	op.Summary += ": " + plan.summary()
	op.Needs = conversion.Needs()
	op.Hazard = append(x.lost(after.Address, plan.removed(), false), x.lost(after.Address, plan.fresh(), true)...)
	x.checkDomains(after.Address, plan)
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
func (x enums) lost(enum address.Address, values []string, down bool) []sdk.Hazard {
	if len(values) == 0 {
		return nil
	}
	at := x.From
	if down {
		at = x.To
	}
	var hazards []sdk.Hazard
	for _, user := range usertype.Users(x.Work, enum) {
		hazards = append(hazards, user.ValuesLost(at, literals(values), down))
	}
	return hazards
}

// checkDomains reports domains over an enum that has to be made anew: nothing
// can change the type under a domain.
func (x enums) checkDomains(enum address.Address, plan plan) {
	for _, user := range x.Pass.To.Dependents(enum) {
		if !plan.recreates() || user.Address.Kind() != model.DomainKind || !x.From.Has(user.Address) {
			continue
		}
		x.Report(diag.Diagnostic{
			Code:    "WH2301",
			Summary: fmt.Sprintf("values of %s cannot go or change places while %s is over it", enum, user.Address),
			Detail:  "PostgreSQL takes no value from an enum: the type has to be made anew, and the type under a domain cannot be exchanged.",
			Next:    "take the domain out in one migration, change the enum, and bring the domain back in the next",
			Address: enum.String(),
		})
	}
}

func literals(values []string) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = address.Literal(value)
	}
	return strings.Join(texts, ", ")
}
