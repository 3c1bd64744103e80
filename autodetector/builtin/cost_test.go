package builtin_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// The cases are changes of several kinds with what they may cost: how often a table
// is written anew, how many indexes are built. What each operation says of that is
// compared with the server.
func TestCosts(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/cost")
	detecttest.OnServer(t, "testdata/cost")
}
