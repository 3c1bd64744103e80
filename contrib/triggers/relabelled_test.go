package triggers_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
)

// The functions and triggers of a constraint have its label in their names.
func TestRelabelledConstraint(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/renames", triggers.New())
}
