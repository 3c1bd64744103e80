package publication_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
}

// PostgreSQL would refuse these; it is said without a server.
func TestMistakes(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/mistakes")
}
