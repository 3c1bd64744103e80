package routine

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Rests reports whether types of a signature are dropped and made again, or tables
// whose rows it takes.
func Rests(w *sdk.Work, types []model.Type) bool {
	for _, t := range types {
		if t.Of != nil && remade(w, t.Of.Address) {
			return true
		}
	}
	return false
}

// remade reports whether an object goes for good or changes in this pass, or is a type
// made of one that does. A composite that stays the same type with other attributes is
// not meant.
func remade(w *sdk.Work, a address.Address) bool {
	from, to := w.Pass.From.Get(a), w.Pass.To.Get(a)
	change := sdk.FactOf[usertype.Change](w, usertype.CompositeChanged, a)
	switch {
	case from == nil || to == nil:
		return true
	case !state.Same(from, to):
		return change == nil || change.Remade
	}
	return slices.ContainsFunc(usertype.MadeOf(w, from), func(t model.Type) bool { return t.Of != nil && remade(w, t.Of.Address) })
}
