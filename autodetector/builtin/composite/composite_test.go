package composite_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// The change of every case is made on a server, with rows, and taken back.
func TestOnServer(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
