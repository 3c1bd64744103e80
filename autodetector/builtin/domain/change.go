package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// change returns what changes a domain under its new name, and what takes that back.
func (x domains) change(op *sdk.Operation, after *sdk.Object, was, is model.Domain) (up, down []string) {
	up, down = alter(x.To, was, is), alter(x.Back(after), is, inPlace(was, is))
	retyped, held := !sdk.Same(was.Type, is.Type), usertype.Held(x.Work, after.Address)
	forth, back := retyped || held && tightens(was, is), retyped || held && tightens(is, was)
	if !forth {
		op.Hazard = x.checked(after, was, is)
	}
	if !forth && !back {
		return up, down
	}
	made, unmade := x.exchange(op, after, was, is)
	if forth {
		up = made
		op.Hazard = append(op.Hazard, usertype.Convert(x.Work, after.Address, name(is)).Rewrites()...)
	}
	if back {
		down = unmade
	}
	return up, down
}

// tightens reports whether values are looked at for a change. PostgreSQL does not
// look into arrays for that, and refuses.
func tightens(from, to model.Domain) bool {
	return to.Check != nil && !sdk.Same(from.Check, to.Check) || from.Null && !to.Null
}
