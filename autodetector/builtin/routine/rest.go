package routine

import (
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

// remade reports whether an object goes for good or changes in this pass.
func remade(w *sdk.Work, a address.Address) bool {
	from, to := w.Pass.From.Get(a), w.Pass.To.Get(a)
	return from == nil || to == nil || !state.Same(from, to)
}
