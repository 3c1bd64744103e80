package autodetector

import (
	"context"
	"reflect"
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Readings of SQL texts travel with their objects into the migrations, so that
// nobody parses them again. Detectors know nothing of them.

// withReadings returns edits whose objects have the readings of the wanted state.
func (r *run) withReadings(edits []state.Edit) []state.Edit {
	for i, edit := range edits {
		if edit.Put == nil {
			continue
		}
		if wanted := r.to.Get(edit.Put.Address); wanted != nil && len(wanted.Readings) > 0 {
			put := *edit.Put
			put.Readings = wanted.Readings
			edits[i] = state.Put(&put)
		}
	}
	return edits
}

// reread adds to the last operation of each app the objects whose definition is
// what it was but whose texts were read anew, because something that they name has
// another name.
func (r *run) reread(context.Context) error {
	if len(r.operations) == 0 {
		return nil
	}
	b := state.NewBuilder(r.original)
	for _, op := range r.operations {
		if err := b.Apply(op.Edits...); err != nil {
			return err // proven before
		}
	}
	last := map[string]int{}
	s := splitter{run: r}
	for i, op := range r.operations {
		last[s.appOf(op)] = i
	}
	for o := range r.to.All() {
		i, changes := last[o.App]
		if was := b.Get(o.Address); changes && len(o.Readings) > 0 && !reflect.DeepEqual(was.Readings, o.Readings) {
			r.operations[i].Edits = append(r.operations[i].Edits, readAnew(was, o))
		}
	}
	return nil
}

// readAnew returns the edit after which an object has the readings that it has in the
// models. Where it refers to something else since, as to a function that came beside
// another one, that is put with them.
func readAnew(was, is *state.Object) state.Edit {
	if slices.Equal(was.Refs, is.Refs) {
		return state.ReadAnew(is)
	}
	return state.Put(is)
}
