package field

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// releaseEarly takes a default away whose function goes, or is made anew, before the
// table of the field gets another name, because the function reads that table. The
// default has to go before the function, and so with the name that the table has then.
func (x fields) releaseEarly(before *sdk.Object) *sdk.Object {
	if !x.moves(before.Parent) {
		return before
	}
	called := x.called(before, func(a address.Address) bool { return x.goesBefore(a, before.Parent, map[address.Address]bool{}) })
	if len(called) == 0 {
		return before
	}
	released := x.without(before, called)
	standing := *released
	standing.Parent = address.Address{} // its table has its old name on the way back, too
	const why = "the function that the default calls goes before the table has another name"
	x.takeDefault(x.Back(&standing), before, released,
		sdk.Need{Verb: operation.Alter, Object: before.Parent, Before: true, Why: why},
		sdk.Need{Verb: operation.Alter, Object: before.Address, Before: true, Why: why})
	return released
}

// moves reports whether a table gets another name or schema.
func (x fields) moves(table address.Address) bool {
	if x.Pass.From.Get(table) == nil || x.Pass.To.Get(table) == nil {
		return false
	}
	was, is := x.From.Model(table), x.To.Model(table)
	return was.Schema != is.Schema || was.Table != is.Table
}

// goesBefore reports whether something that goes or is made anew is built on a table:
// that is done before the table changes.
func (x fields) goesBefore(a, table address.Address, seen map[address.Address]bool) bool {
	was, is := x.Pass.From.Get(a), x.Pass.To.Get(a)
	if was == nil || is != nil && state.Same(was, is) || seen[a] {
		return false
	}
	seen[a] = true
	for _, ref := range was.Refs {
		if ref.Target == table || x.goesBefore(ref.Target, table, seen) {
			return true
		}
		if part := x.Pass.From.Get(ref.Target); part != nil && part.Parent == table {
			return true
		}
	}
	return false
}
