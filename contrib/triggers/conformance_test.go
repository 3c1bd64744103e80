package triggers_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, triggers.New()) }

// The plugin keeps what is promised of every detector, on a real server.
func TestConformance(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, triggers.New(), "testdata/models")
}

func TestConformance_constraints(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, triggers.New(), "testdata/constraints")
}
