package grants_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/examples/grants"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, grants.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, grants.New(), "models") }

// Everybody can read what is created, and nothing else.
func TestGrant(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, grants.New(), `model "book" {}`, "model \"book\" {}\nmodel \"order\" { table = \"the order\" }")
	require.Equal(t, "book|SELECT\nthe order|SELECT", sdktest.Query(t, url,
		`SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = 'PUBLIC' AND table_schema = 'public' ORDER BY 1`))
}
