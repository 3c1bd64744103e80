package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// What is done to columns of tables in use.
func TestOnline(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/online")
	detecttest.OnServer(t, "testdata/online")
}
