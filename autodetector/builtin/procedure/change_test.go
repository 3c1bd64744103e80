package procedure_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestProcedureChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
