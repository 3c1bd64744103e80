package autodetector

import (
	"cmp"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// renames: whoever has to do with a renamed object, or with something below it,
// comes after the rename.
func (e *edges) renames(i int) {
	op := e.operations[i]
	if len(e.renamers) == 0 || op.Kind == renameKind {
		return
	}
	seen := map[int]bool{}
	for _, a := range concerns(op, e) {
		for path := a.Path(); path != ""; path = above(path) {
			for _, j := range e.renamers[path] {
				if !seen[j] {
					seen[j] = true
					e.before(j, i, false, "the rename comes first")
				}
			}
		}
	}
}

// concerns returns the addresses that an operation has to do with.
func concerns(op operation.Operation, e *edges) []address.Address {
	if len(op.Edits) == 0 {
		return []address.Address{op.Target}
	}
	var list []address.Address
	for _, edit := range op.Edits {
		o := cmp.Or(edit.Put, e.from.Get(edit.Drop))
		if o == nil {
			continue
		}
		list = append(list, o.Address, o.Parent)
		for _, ref := range o.Refs {
			list = append(list, ref.Target)
		}
	}
	return list
}

// renamers returns the operations that rename something to a path.
func renamers(operations []operation.Operation) map[string][]int {
	found := map[string][]int{}
	for i, op := range operations {
		if op.Kind != renameKind {
			continue
		}
		for _, r := range op.Edits[0].Rename {
			found[r.To.Path()] = append(found[r.To.Path()], i)
		}
	}
	return found
}

// renameTargets returns the new addresses of what is renamed.
func renameTargets(operations []operation.Operation) map[address.Address]bool {
	targets := map[address.Address]bool{}
	for _, op := range operations {
		for _, r := range op.Edits[0].Rename {
			targets[r.To] = true
		}
	}
	return targets
}

// above returns the path of what a path is below, or "". Where a name has a dot in
// it, some of what it returns is no path; nothing is renamed to that.
func above(path string) string { return path[:max(0, strings.LastIndexByte(path, '.'))] }
