package fkindex_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/examples/fkindex"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, fkindex.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, fkindex.New(), "models") }
