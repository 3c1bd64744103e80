package function_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestFunctionChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
