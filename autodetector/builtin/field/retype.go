package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// retype changes what can be changed in place. It is false if the user has to be
// asked first.
func (x fields) retype(op *sdk.Operation, before, after *sdk.Object, from, to column.Column, c conversion, managed bool) bool {
	remade := x.typeRemade(before, after)
	r := retyping{
		from: from, to: to, retype: retypes(from, to) || c.key != nil && c.key.unique,
		followed:  !sdk.Same(x.From.Field(before.Address).Default, from.Field.Default),
		kept:      remade || sdk.Same(from.Field.Default, to.Field.Default),
		exchanged: remade, using: c.using, key: c.key,
	}
	if r.retype && r.key == nil {
		r.again = unconverted(from, to)
	}
	if managed && from.Requires(to) {
		once, ok := x.fillWith(to)
		if !ok {
			return false
		}
		r.once = once
	}
	op.Up, op.Down = r.statements(), r.backwards().statements()
	op.Summary += r.summary()
	op.Touches = r.touches()
	op.Hazard = x.hazards(r, before, after)
	if r.key != nil {
		x.checkFollowers(before, after)
		op.Needs = append(op.Needs, x.rekeyed(before, after)...)
	}
	sdk.Claim(op, names(from), names(to))
	op.Online = x.required(*op, r, after)
	return true
}

// typeRemade reports whether the type under a field that keeps it is made anew. That
// sees to the default of the field.
func (x fields) typeRemade(before, after *sdk.Object) bool {
	was, is := sdk.AttrsOf[model.Field](x.Work, before).Type, sdk.AttrsOf[model.Field](x.Work, after).Type
	if !sdk.Same(was, is) {
		return false
	}
	_, change := usertype.NewRenaming(x.Work).ChangeOf(was)
	return change.Remade
}
