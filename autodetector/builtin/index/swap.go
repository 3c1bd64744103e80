package index

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// swapped owns an index in whose place another one comes: on a table in use the old
// one steps aside, and is dropped when the new one is there.
type swapped struct {
	indexes
	before *sdk.Object
}

// swaps reports whether both can be there at once: what the old one is made with must be
// called the same before and after.
func (x indexes) swaps(before, after *sdk.Object) bool {
	if len(x.built(after)) != 1 || len(x.dropped(before)) != 1 || schema(x.From, before) != schema(x.To, after) {
		return false
	}
	index := sdk.AttrsOf[model.Index](x.Work, before)
	return definition(x.From, before, index, "") == definition(x.To, before, index, "")
}

// Drop takes the old index away, or has it step aside.
func (x swapped) Drop(o *sdk.Object) {
	op := x.removal(o)
	name, spare := sdk.AttrsOf[model.Index](x.Work, o).Name, sdk.AttrsOf[model.Index](x.Work, x.Aside(o, o)).Name
	moved := sdk.Removal(o)
	moved.Summary += ": set aside first"
	moved.Up, moved.Down = operation.SQL(rename(x.From, o, name, spare)), operation.SQL(rename(x.From, o, spare, name))
	op.Online = []sdk.Operation{moved}
	x.Emit(x.From.Managed(o), op)
}

// Create makes the new index, and drops the old one then.
func (x swapped) Create(o *sdk.Object) {
	op := x.creation(o)
	gone := x.dropped(x.Aside(x.before, o))[0]
	gone.Edits, gone.Summary = nil, sdk.Stage(o, "drop the one that was set aside").Summary
	op.Online = append(op.Online, gone)
	x.Emit(x.To.Managed(o), op)
}
