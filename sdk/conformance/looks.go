package conformance

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
)

// looks reports whether statements only look at what is there, as a check of the rows
// does: there is nothing to take back.
func (t *trial) looks(statements []operation.Statement) bool {
	for _, s := range statements {
		acts, err := t.reader.Effects(s.Text())
		if err != nil || slices.ContainsFunc(acts, review.Changes) {
			return false
		}
	}
	return true
}
