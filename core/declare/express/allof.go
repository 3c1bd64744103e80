package express

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// every is the call that stands for all objects of a kind.
const every = "all"

// namesOrAll returns what says a list of names: the names, or all(models) where some of
// these are models that fields make, which have no name to be called by.
func (s *scope) namesOrAll(a detect.Attr) func([]address.Ref) *declare.Expr {
	return func(refs []address.Ref) *declare.Expr {
		unnamed := slices.ContainsFunc(refs, func(ref address.Ref) bool { return ref.Kind() == kinds.ModelKind && len(ref.Names()) > 2 })
		if unnamed && slices.Contains(a.OneOf, every) && s.isEvery(refs) {
			return call(every, word(kinds.ModelKind+"s"))
		}
		return s.refNames(refs)
	}
}

// isEvery reports whether a list is all models of the app that are ours.
func (s *scope) isEvery(refs []address.Ref) bool {
	count := 0
	for o := range s.x.state.All() {
		m, err := state.Decode[kinds.Model](o)
		if o.Address.Kind() != kinds.ModelKind || err != nil || m.Unmanaged || o.Address.Names()[0] != s.app.Label {
			continue
		}
		if !slices.Contains(refs, address.RefTo(o.Address)) {
			return false
		}
		count++
	}
	return count == len(refs)
}
