package aggregate_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestAggregateChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
