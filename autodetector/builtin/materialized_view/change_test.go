package materializedview_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestMaterializedViewChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
