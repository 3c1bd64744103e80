package grants_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/examples/grants"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, grants.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, grants.New(), "models") }

// The plugin answers in the same way in process and as a process.
func TestEverywhere(t *testing.T) {
	t.Parallel()
	book := &sdk.Object{Address: address.New("model", "shop", "book"), Attrs: []byte(`{"schema":"public","table":"book"}`)}
	sdktest.Everywhere(t, grants.New(),
		sdk.Pass{To: state.New(book), Observed: []sdk.Operation{
			{Kind: "create_model", Target: book.Address, Edits: []state.Edit{state.Put(book)}},
		}},
		sdk.Pass{From: state.New(book), Observed: []sdk.Operation{
			{Kind: "drop_model", Target: book.Address, Edits: []state.Edit{state.Drop(book.Address)}},
		}},
	)
}

// Everybody can read what is created, and nothing else.
func TestGrant(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, grants.New(), `model "book" {}`, "model \"book\" {}\nmodel \"order\" { table = \"the order\" }")
	require.Equal(t, "book|SELECT\nthe order|SELECT", sdktest.Query(t, url,
		`SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = 'PUBLIC' AND table_schema = 'public' ORDER BY 1`))
}
