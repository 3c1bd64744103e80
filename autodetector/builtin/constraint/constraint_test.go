package constraint_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
	detecttest.Run(t, "testdata/rekeyed")
}

// What a check compares has the same type on both sides.
func TestComparedTypes(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/compared")
}
