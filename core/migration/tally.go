package migration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A tally holds the objects that are made (+), changed (~) and dropped (-).
type tally map[string]map[address.Address]bool

// add counts the objects of one operation. Whether an object was there before is
// known by the verb: what the operation does not make, it changes. One on several
// objects says of those that it changes that it touches them.
func (t tally) add(op operation.Operation) {
	for _, edit := range op.Edits {
		switch {
		case edit.Put != nil && makes(op, edit.Put):
			t["+"][edit.Put.Address] = true
		case edit.Put != nil:
			t["~"][edit.Put.Address] = true
		case !edit.Drop.IsZero() && ofStateOnly(op):
			t["~"][edit.Drop] = true
		case !edit.Drop.IsZero():
			t["-"][edit.Drop] = true
		}
		t.renamed(edit)
	}
}

func (t tally) renamed(edit state.Edit) {
	for _, r := range edit.Rename {
		t["~"][r.To] = true
	}
}

// ofStateOnly reports whether an operation does nothing to the database.
func ofStateOnly(op operation.Operation) bool { return len(op.Up) == 0 && len(op.Down) == 0 }

// makes reports whether an operation makes what it puts. Besides what it is about it puts
// objects with texts that were only read anew.
func makes(op operation.Operation, o *state.Object) bool {
	if ofStateOnly(op) || !isNew(op, o.Address) {
		return false
	}
	_, noun := verbNoun(op.Kind)
	own := o.Address.Kind()[strings.LastIndexByte(o.Address.Kind(), '.')+1:]
	switch {
	case len(o.Readings) == 0 || o.Address == op.Target:
		return true
	case !strings.HasPrefix(o.Address.Path(), op.Target.Path()+"."):
		return false
	}
	return noun == own+"s" || isMaking(op) && putsTarget(op)
}

func putsTarget(op operation.Operation) bool {
	return slices.ContainsFunc(op.Edits, func(e state.Edit) bool { return e.Put != nil && e.Put.Address == op.Target })
}

func isMaking(op operation.Operation) bool {
	verb, _ := verbNoun(op.Kind)
	return verb == "create" || verb == "add"
}

func isNew(op operation.Operation, a address.Address) bool { return isMaking(op) || isNewIn(op, a) }

func isNewIn(op operation.Operation, a address.Address) bool {
	touched := func(touch operation.Touch) bool { return touch.Object == a }
	return len(op.Edits) > 1 && a != op.Target && !slices.ContainsFunc(op.Touches, touched)
}

// addAsBefore counts as programs did to which all was made that an operation put which
// makes something, or that was not its own.
func (t tally) addAsBefore(op operation.Operation) {
	for _, edit := range op.Edits {
		switch {
		case edit.Put != nil && isNew(op, edit.Put.Address):
			t["+"][edit.Put.Address] = true
		case edit.Put != nil:
			t["~"][edit.Put.Address] = true
		case !edit.Drop.IsZero():
			t["-"][edit.Drop] = true
		}
		t.renamed(edit)
	}
}

// settle counts what is dropped and made again as changed.
func (t tally) settle() {
	for a := range t["-"] {
		if t["+"][a] || t["~"][a] {
			delete(t["-"], a)
			delete(t["+"], a)
			t["~"][a] = true
		}
	}
}

// counts returns the numbers of objects under a sign, by kind.
func (t tally) counts(sign string) []string {
	numbers := map[string]int{}
	for a := range t[sign] {
		numbers[a.Kind()]++
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(numbers)) {
		parts = append(parts, fmt.Sprintf("%s%d %s", sign, numbers[kind], kind))
	}
	return parts
}
