package model_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
}

// How tables are stored is tried on a server too.
func TestStored(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/stored")
	detecttest.OnServer(t, "testdata/stored")
}
