package triggers_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestConformance_settings(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, triggers.New(), "testdata/settings")
}

func TestConformance_audits(t *testing.T) {
	t.Parallel()
	sdktest.Conformance(t, triggers.New(), "testdata/audits")
}
