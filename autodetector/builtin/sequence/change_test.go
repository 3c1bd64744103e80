package sequence_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestSequenceChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}

// PostgreSQL moves a sequence that belongs to a column with the table only, and drops it
// with the column.
func TestOwnedSequences(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/owned")
}
