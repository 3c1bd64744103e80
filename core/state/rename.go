package state

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// renamed returns the objects with every address at or below a renamed one
// rewritten, wherever it stands.
func renamed(objects map[address.Address]*Object, renames []Rename) (map[address.Address]*Object, error) {
	to := mover(objects, renames)
	moved := make(map[address.Address]*Object, len(objects))
	for _, o := range objects {
		m := o.rebased(to)
		if other := moved[m.Address]; other != nil {
			return nil, fmt.Errorf("renaming: %s would name two objects", m.Address)
		}
		moved[m.Address] = m
	}
	return moved, nil
}

// Mover returns the function from the addresses of a state to those that its
// objects have after renames that happen at once.
func Mover(s *State, renames []Rename) func(address.Address) address.Address {
	return mover(s.all(), renames)
}

// mover returns the function from old to new addresses. An address moves with
// the nearest renamed object among itself and its parents; the target of a
// rename is the final address, with the new names of its parents in it.
func mover(objects map[address.Address]*Object, renames []Rename) func(address.Address) address.Address {
	direct := map[address.Address]address.Address{}
	for _, r := range renames {
		direct[r.From] = r.To
	}
	memo := map[address.Address]address.Address{}
	var move func(address.Address) address.Address
	move = func(a address.Address) address.Address {
		if to, ok := memo[a]; ok {
			return to
		}
		to := a
		if o := objects[a]; o != nil && !o.Parent.IsZero() {
			to = a.Rebase(o.Parent, move(o.Parent))
		}
		if name, ok := direct[a]; ok {
			to = name
		}
		memo[a] = to
		return to
	}
	return move
}

// Below reports whether a is below parent in the path, whatever the kinds.
func Below(a, parent address.Address) bool {
	return strings.HasPrefix(a.Path(), parent.Path()+".")
}
