package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
	detecttest.Run(t, "testdata/rekeyed")
	detecttest.Run(t, "testdata/moved")
}

// What a default calls is made anew.
func TestChangedFunctions(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/calls")
}
