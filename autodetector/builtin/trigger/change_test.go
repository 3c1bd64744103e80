package trigger_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestTriggerChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
