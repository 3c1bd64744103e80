package policies_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, policies.New()) }

// The plugin keeps what is promised of every detector, on a real server.
func TestConformance(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, policies.New(), "testdata/models")
}
