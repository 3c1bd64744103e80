package materialized_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/examples/materialized"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, materialized.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, materialized.New(), "models") }
