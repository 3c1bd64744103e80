package composite_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// Columns of all sorts hold values of a composite that changes: plain ones, arrays,
// domains over it and composites of it.
func TestHeldComposites(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/held")
}

// What attributes are of is made anew, and what is of composites becomes something else.
func TestCompositesOverTypes(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/over")
}
