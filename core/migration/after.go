package migration

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// predecessors returns, for each operation, the numbers of those that it builds
// on: who last made, changed or dropped what it is about. They are for people;
// the order of the operations says what runs first.
func predecessors(operations []operation.Operation) [][]int {
	w := &weaver{
		last: map[address.Address]int{}, below: map[string][]int{},
		freed: map[string]int{}, before: map[address.Address][]int{},
	}
	all := make([][]int, len(operations))
	for i, op := range operations {
		all[i] = w.weave(i+1, op)
	}
	return all
}

type weaver struct {
	last   map[address.Address]int   // object -> the last operation on it
	below  map[string][]int          // path -> operations that dropped something right below it
	freed  map[string]int            // name in the database -> the operation that gave it up
	before map[address.Address][]int // object -> operations that want to come before those on it
}

func (w *weaver) weave(number int, op operation.Operation) []int {
	found := map[int]bool{}
	for _, edit := range op.Edits {
		w.needs(found, edit)
	}
	for _, need := range op.Needs {
		if need.Before {
			w.before[need.Object] = append(w.before[need.Object], number)
		} else {
			found[w.last[need.Object]] = true
		}
	}
	for _, name := range op.Takes {
		found[w.freed[name]] = true
	}
	w.record(number, op)
	delete(found, 0)
	delete(found, number)
	return slices.Sorted(maps.Keys(found))
}

// needs finds the operations that an edit builds on.
func (w *weaver) needs(found map[int]bool, edit state.Edit) {
	for _, a := range subjects(edit) {
		found[w.last[a]] = true
		for _, number := range w.before[a] {
			found[number] = true
		}
	}
	if o := edit.Put; o != nil {
		found[w.last[o.Parent]] = true
		for _, ref := range o.Refs {
			found[w.last[ref.Target]] = true
		}
	}
	if !edit.Drop.IsZero() {
		for _, number := range w.below[edit.Drop.Path()] {
			found[number] = true
		}
	}
}

func (w *weaver) record(number int, op operation.Operation) {
	for _, edit := range op.Edits {
		for _, a := range subjects(edit) {
			w.last[a] = number
		}
		if names := edit.Drop.Names(); len(names) > 1 {
			path := address.New(edit.Drop.Kind(), names[:len(names)-1]...).Path()
			w.below[path] = append(w.below[path], number)
		}
	}
	for _, name := range op.Frees {
		w.freed[name] = number
	}
}

// subjects returns the objects that an edit is about.
func subjects(edit state.Edit) []address.Address {
	switch {
	case edit.Put != nil:
		return []address.Address{edit.Put.Address}
	case !edit.Drop.IsZero():
		return []address.Address{edit.Drop}
	}
	var all []address.Address
	for _, r := range edit.Rename {
		all = append(all, r.From, r.To)
	}
	return all
}
