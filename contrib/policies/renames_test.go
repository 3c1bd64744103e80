package policies_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/contrib/policies"
)

// A policy has the label that it is called by, on a server too, and is taken away under
// the names that it was made with.
func TestRenamedPolicies(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/renames", policies.New())
	detecttest.OnServer(t, "testdata/renames", policies.New())
}
