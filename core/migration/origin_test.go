package migration_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An origin is what the last operation on an object says, as long as nothing that
// its SQL names is called otherwise now.
func TestOrigins(t *testing.T) {
	t.Parallel()
	plate := address.New("model", "shop", "plate")
	rule := pizza.Child("p.rule", "r")
	table := operation.Operation{Kind: "create_model", Target: pizza, Edits: []state.Edit{put(pizza, address.Address{}, `{"v":1}`)}}
	made := operation.Operation{
		Kind: "p.create_rule", Target: rule, Edits: []state.Edit{put(rule, pizza, `{"v":1}`)},
		Up: operation.SQL("CREATE RULE r"), Down: operation.SQL("DROP RULE r"),
		Hazard: []operation.Hazard{{Code: "data_loss", Object: rule, Text: "rules are lost", Down: true, Probe: "SELECT true"}},
	}
	dropped := operation.Operation{Kind: "p.drop_rule", Target: rule, Edits: []state.Edit{state.Drop(rule)}, Up: made.Down, Down: made.Up}
	altered := operation.Operation{Kind: "p.alter_rule", Target: rule, Edits: []state.Edit{put(rule, pizza, `{"v":2}`)}, Up: made.Up}
	more := operation.Operation{Kind: "p.grant", Target: rule, Up: operation.SQL("GRANT")}
	called := operation.Operation{
		Kind: "alter_model", Target: pizza, Edits: []state.Edit{put(pizza, address.Address{}, `{"v":2}`)},
		Touches: []operation.Touch{{Object: pizza, Aspects: state.Name}},
	}
	renamed := operation.Operation{Kind: "rename", Target: plate, Edits: []state.Edit{{Rename: []state.Rename{{From: pizza, To: plate}}}}}
	both := made
	both.Edits = append(both.Edits, put(pizza.Child("p.rule", "s"), pizza, `{"v":1}`))

	for name, c := range map[string]struct {
		later []operation.Operation
		at    address.Address
		unfit string
	}{
		"made":                     {nil, rule, ""},
		"made anew":                {[]operation.Operation{dropped, made}, rule, ""},
		"dropped":                  {[]operation.Operation{dropped}, rule, "no migration made it"},
		"altered":                  {[]operation.Operation{altered}, rule, "20261101000001_m altered it, and how to make it so at once is not written anywhere"},
		"altered, then made anew":  {[]operation.Operation{altered, dropped, made}, rule, ""},
		"more done to it":          {[]operation.Operation{more}, rule, "20261101000001_m did more to it in an operation of its own"},
		"made with another":        {[]operation.Operation{dropped, both}, rule, "20261101000002_m made it together with other objects"},
		"in a renamed model":       {[]operation.Operation{renamed}, plate.Child("p.rule", "r"), ""},
		"by its old name":          {[]operation.Operation{renamed}, rule, "no migration made it"},
		"in a renamed table":       {[]operation.Operation{called}, rule, "20261101000000_m, which made it, calls model shop.pizza by a name that 20261101000001_m changed"},
		"anew in a renamed table":  {[]operation.Operation{called, dropped, made}, rule, ""},
		"of a kind that is not of": {nil, pizza, "no migration made it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			chain(t, folder, []operation.Operation{table, made}, c.later...)
			origins := loaded(t, folder)
			got, err := origins.Of(c.at)
			require.NoError(t, err)
			require.Equal(t, c.unfit, got.Unfit)
			if c.unfit == "" {
				require.Equal(t, c.at, got.Operation.Target)
				require.Equal(t, operation.SQL("CREATE RULE r"), got.Operation.Up)
				require.Equal(t, operation.SQL("DROP RULE r"), got.Operation.Down)
				require.Equal(t, c.at, got.Operation.Hazard[0].Object)
				require.Equal(t, "SELECT true", got.Operation.Hazard[0].Probe)
			}
		})
	}
}

// The SQL of a file that is not as it was written is nobody's answer.
func TestOriginOfAnEditedFile(t *testing.T) {
	t.Parallel()
	folder, rule := t.TempDir(), address.New("p.rule", "shop", "r")
	chain(t, folder, []operation.Operation{{
		Kind: "p.create_rule", Target: rule, Edits: []state.Edit{put(rule, address.Address{}, `{"v":1}`)},
		Up: operation.SQL("CREATE RULE r"), Down: operation.SQL("DROP RULE r"),
	}})
	origins := loaded(t, folder)
	file := filepath.Join(folder, "20261101000000_m.sql")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, append(text, "DROP TABLE x;\n"...), 0o600))
	_, err = origins.Of(rule)
	require.ErrorContains(t, err, "20261101000000_m.sql")
}

// chain writes a migration of the first operations and one of each later one.
func chain(t *testing.T, folder string, first []operation.Operation, later ...operation.Operation) {
	t.Helper()
	var parents []string
	for i := range len(later) + 1 {
		m := &migration.Migration{ID: fmt.Sprintf("2026110100000%d_m", i), App: "shop", Parents: parents, Operations: first}
		if i > 0 {
			m.Operations = later[i-1 : i]
		}
		_, err := migration.Write(folder, m)
		require.NoError(t, err)
		parents = []string{m.ID}
	}
}

func loaded(t *testing.T, folder string) *migration.Origins {
	t.Helper()
	d, found, err := migration.Load(os.DirFS(folder), "shop")
	require.NoError(t, err)
	require.Empty(t, found)
	g, found := migration.NewGraph(d)
	require.Empty(t, found)
	origins, err := migration.NewOrigins(g, func(kind string) bool { return kind == "p.rule" })
	require.NoError(t, err)
	return origins
}
