package sequence_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
	detecttest.Run(t, "testdata/mistakes")
}
