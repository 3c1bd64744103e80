package autodetector

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// released reports whether another operation that comes before one, as it asks for
// itself, has already made an object do without what it referred to.
func (e *edges) released(i int, a, target address.Address) bool {
	return slices.ContainsFunc(e.alters(a), func(j int) bool {
		op := e.operations[j]
		first := slices.ContainsFunc(op.Needs, func(n operation.Need) bool { return n.Before && n.Verb == operation.Alter && n.Object == a })
		return i != j && first && slices.ContainsFunc(op.Edits, func(edit state.Edit) bool {
			return edit.Put != nil && edit.Put.Address == a && !slices.Contains(references(edit.Put), target)
		})
	})
}
