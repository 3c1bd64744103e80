package autodetector

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// online puts the operations that have another way for tables in use in the place of
// those on tables that are there before and after the plan. What the plan itself makes,
// or takes away, nobody uses. A plan in which something is away for a while is left as it is.
func (r *run) online(context.Context) error {
	if !r.in.Online || r.from.Len() == 0 || slices.ContainsFunc(r.operations, r.makesWay) {
		return nil
	}
	made := r.made()
	var list []operation.Operation
	first, last := make([]int, len(r.operations)), make([]int, len(r.operations))
	var links []link
	for i, op := range r.operations {
		first[i] = len(list)
		if table := r.whole(op); len(op.Online) > 0 && r.from.Has(table) && r.to.Has(table) && !made[table] {
			list = append(list, phases(op)...)
		} else {
			list = append(list, op)
		}
		last[i] = len(list) - 1
		for at := first[i]; at < last[i]; at++ {
			links = append(links, link{From: at, To: at + 1, Why: "it is the next part of the same"})
		}
	}
	for _, l := range r.links {
		l.From, l.To = last[l.From], first[l.To]
		links = append(links, l)
	}
	r.operations, r.links = list, links
	return nil
}

// makesWay reports whether an operation takes something away until it is made again, as the
// trigger that writes an audit log or a policy is while a column changes. Nobody may write
// meanwhile, and no other migration may fail in between: such a plan has as few transactions
// as it can.
func (r *run) makesWay(op operation.Operation) bool {
	away := func(e state.Edit) bool { return !e.Drop.IsZero() && r.to.Has(e.Drop) }
	return len(op.Online) == 0 && slices.ContainsFunc(op.Edits, away)
}

// made returns what is new at the end of the plan, or made again on the way.
func (r *run) made() map[address.Address]bool {
	builder, made := state.NewBuilder(r.from), map[address.Address]bool{}
	for _, op := range r.operations {
		for _, edit := range op.Edits {
			if edit.Put != nil && builder.Get(edit.Put.Address) == nil {
				made[edit.Put.Address] = true
			}
			if len(edit.Rename) == 0 { // those are in from already
				_ = builder.Apply(edit) // the proof says what is wrong with it
			}
		}
	}
	return made
}

// phases returns the parts of an operation on a table in use, in the name of whoever
// made it.
func phases(op operation.Operation) []operation.Operation {
	list := make([]operation.Operation, len(op.Online))
	for i, part := range op.Online {
		part.Detector = op.Detector
		list[i] = part
	}
	return list
}
