package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// A foreign key leads to the same rows as before, whatever key leads there.
func TestRekeyed(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/rekeyed")
}
