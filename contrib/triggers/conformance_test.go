package triggers_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

// The plugin keeps what is promised of every detector, on a real server.
func TestConformance(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, triggers.New(), "testdata/models")
}
