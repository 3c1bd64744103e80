package extensions_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, extensions.New()) }

// The plugin keeps what is promised of every detector, on a real server.
func TestConformance(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, extensions.New(), "testdata/models")
}
