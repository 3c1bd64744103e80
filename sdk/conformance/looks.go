package conformance

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// looks reports whether statements only look at what is there, as a check of the rows
// does: there is nothing to take back.
func (t *trial) looks(statements []operation.Statement) bool {
	for _, s := range statements {
		acts, err := t.reader.Effects(s.Text())
		if err != nil || slices.ContainsFunc(acts, does) {
			return false
		}
	}
	return true
}

// does reports whether a statement may change something.
func does(act parser.Act) bool {
	return act.Opaque || act.Kind != "DO" && act.Kind != "SELECT" ||
		slices.ContainsFunc(act.Effects, func(e parser.Effect) bool { return e.Verb != parser.Refers && e.Verb != parser.Locks })
}
