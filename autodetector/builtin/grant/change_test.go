package grant_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestGrantChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
