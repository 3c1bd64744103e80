package materialized_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/examples/materialized"
)

// Materialized views make way where the type of a column that they read is made anew, if
// only on the way back.
func TestEnumsUnderMaterializedViews(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/enum", materialized.New())
}
