// Package branch holds the lines of a history against one another: the migrations that
// were made side by side, in branches that did not know of each other.
//
// Two lines commute if it makes no difference which one comes first. That is so if none
// changes what the other changes or reads, and if their SQL runs in both orders, one
// behind the other, over the names of a database. What each of them changes and reads
// stands in the migrations: in the edits, references and touches of their operations.
package branch

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/migration"
)

// A Line is migrations that another line of the history does not have, in the order in
// which they run.
type Line []*migration.Migration

// Fork returns what the migrations with two IDs both build on, and the line that leads
// from there to each. A history without one of them has an empty line.
func Fork(g *migration.Graph, left, right string) (base []*migration.Migration, leftLine, rightLine Line) {
	ofLeft, ofRight := g.Ancestors(left), g.Ancestors(right)
	for _, m := range ofLeft {
		if slices.Contains(ofRight, m) {
			base = append(base, m)
		} else {
			leftLine = append(leftLine, m)
		}
	}
	for _, m := range ofRight {
		if !slices.Contains(ofLeft, m) {
			rightLine = append(rightLine, m)
		}
	}
	return base, leftLine, rightLine
}

// A Step is an operation of a migration, or all of a migration whose SQL was written by
// hand.
type Step struct {
	Migration *migration.Migration
	Operation int // index; -1: written by hand
}

// String returns the ID of the migration and what is done.
func (s Step) String() string {
	if s.Operation < 0 {
		return s.Migration.ID + ": SQL written by hand"
	}
	op := s.Migration.Operations[s.Operation]
	if op.Summary != "" {
		return s.Migration.ID + ": " + op.Summary
	}
	return fmt.Sprintf("%s: %s %s", s.Migration.ID, op.Kind, op.Target)
}
