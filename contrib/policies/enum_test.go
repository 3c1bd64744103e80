package policies_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/contrib/policies"
)

// Policies make way where the type of a column that they name is made anew, if only on
// the way back.
func TestEnumsUnderPolicies(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/enum", policies.New())
}
