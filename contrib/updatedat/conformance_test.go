package updatedat_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, updatedat.New()) }

// The plugin keeps what is promised of every detector, on a real server.
func TestConformance(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, updatedat.New(), "testdata/models")
}
