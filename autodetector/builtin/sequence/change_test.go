package sequence_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestSequenceChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
