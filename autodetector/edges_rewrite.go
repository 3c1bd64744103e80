package autodetector

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// rewrites asks, softly, that an index is built after the last operation that writes
// its table anew, which would build it once more.
func (e *edges) rewrites() {
	rewriting := map[address.Address][]int{}
	for i, op := range e.operations {
		if has(op, operation.TableRewrite) {
			rewriting[e.whole(op)] = append(rewriting[e.whole(op)], i)
		}
	}
	for i, op := range e.operations {
		if !has(op, operation.IndexBuild) {
			continue
		}
		for _, j := range rewriting[e.whole(op)] {
			e.before(j, i, true, "it would build the index once more")
		}
	}
}

// has reports whether the way forth of an operation has a hazard.
func has(op operation.Operation, code string) bool {
	for _, h := range op.Hazard {
		if h.Code == code && !h.Down {
			return true
		}
	}
	return false
}
