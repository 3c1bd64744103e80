package ranges_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// Columns hold ranges and multiranges of a type that changes: plain ones, arrays, and in
// domains and composites.
func TestHeldRanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/held")
}
