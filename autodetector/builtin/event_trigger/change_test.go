package eventtrigger_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestEventTriggerChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
