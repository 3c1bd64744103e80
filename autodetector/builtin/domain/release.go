package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// release takes a check and a default away that are in the way where what they name is
// dropped and made again, and returns the domain without them; they come again
// afterwards.
func (x domains) release(before, after *sdk.Object) *sdk.Object {
	was := x.attrs(before)
	named := usertype.Remade(x.Work, after, was.Type, was.Default, was.Check)
	if len(named) == 0 {
		return before
	}
	then := was
	then.Default, then.Check = usertype.Without(was.Default, named), usertype.Without(was.Check, named)
	released := usertype.Unreferred(x.With(before, then), named)
	op := sdk.Alteration(released)
	op.Summary += ": released"
	op.Needs = []sdk.Need{sdk.Soft(sdk.Before(operation.Alter, before.Address))}
	up, down := x.change(&op, released, was, then)
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	x.Emit(true, op)
	return released
}
