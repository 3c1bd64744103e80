package migration_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// at returns a migration of an app on a day, "1 a": it puts the model app.slug.
func at(app, name string, parents ...string) *migration.Migration {
	m := &migration.Migration{ID: id(name), App: app}
	for _, parent := range parents {
		m.Parents = append(m.Parents, id(parent))
	}
	_, slug, _ := strings.Cut(name, " ")
	model := address.New("model", app, slug)
	m.Operations = []operation.Operation{{
		Kind: "create_model", Target: model,
		Edits: []state.Edit{state.Put(&state.Object{Address: model, Attrs: json.RawMessage(`{}`)})},
	}}
	return m
}

func id(name string) string {
	day, slug, _ := strings.Cut(name, " ")
	return "2026110" + day + "000000_" + slug
}

func dir(app string, migrations ...*migration.Migration) *migration.Dir {
	return &migration.Dir{App: app, Folder: app + "/migrations", Migrations: migrations}
}

func ids(migrations []*migration.Migration) string {
	var all []string
	for _, m := range migrations {
		all = append(all, m.ID[7:8]+m.ID[14:])
	}
	return strings.Join(all, " ")
}

func TestGraphOrder(t *testing.T) {
	t.Parallel()
	// The clock of whoever made 2b was behind: its parent is 3a.
	g, diags := migration.NewGraph(
		dir("shop", at("shop", "1 a"), at("shop", "3 a", "1 a"), at("shop", "2 b", "3 a", "4 k")),
		dir("kitchen", at("kitchen", "1 k"), at("kitchen", "4 k", "1 k", "1 a")))
	require.Empty(t, diags)
	require.Equal(t, "1_a 1_k 3_a 4_k 2_b", ids(g.Migrations()))
	require.Equal(t, "2_b", ids(g.Heads("shop")))
	require.Equal(t, "4_k", ids(g.Heads("kitchen")))
	require.Equal(t, "1_a 1_k 4_k", ids(g.Ancestors(id("4 k"))))
	require.Equal(t, "4_k 2_b", ids(g.Descendants(id("4 k"))))
}

func TestReplay(t *testing.T) {
	t.Parallel()
	rename := &migration.Migration{ID: id("2 b"), App: "shop", Parents: []string{id("1 a")}, Operations: []operation.Operation{{
		Kind:  "rename",
		Edits: []state.Edit{{Rename: []state.Rename{{From: address.New("model", "shop", "a"), To: address.New("model", "shop", "b")}}}},
	}}}
	g, _ := migration.NewGraph(dir("shop", at("shop", "1 a"), rename), dir("kitchen", at("kitchen", "3 k")))
	s, err := migration.Replay(g)
	require.NoError(t, err)
	require.Equal(t, "model kitchen.k, model shop.b", addresses(s))
	s, err = migration.Replay(g, id("1 a"))
	require.NoError(t, err)
	require.Equal(t, "model shop.a", addresses(s))
	_, err = migration.Replay(g, "zero")
	require.EqualError(t, err, "replaying up to zero: there is no such migration")

	rename.StateHash = state.New().Hash()
	require.Equal(t, "WH3034", codes(g.Validate()))
	rename.Operations[0].Edits = []state.Edit{state.Drop(address.New("model", "shop", "c"))}
	_, err = migration.Replay(g)
	require.ErrorContains(t, err, "replaying 20261102000000_b, operation 1")
	require.Equal(t, "WH3034", codes(g.Validate()))
}

func addresses(s *state.State) string {
	var all []string
	for o := range s.All() {
		all = append(all, o.Address.String())
	}
	return strings.Join(all, ", ")
}

func TestScriptsDoNotReplay(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	d, diags, err := migration.LoadScripts(files, "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Equal(t, "CREATE TYPE public.size AS ENUM ('small', 'large')", d.Migrations[0].Operations[0].Up[0].SQL)
	g, diags := migration.NewGraph(d)
	require.Empty(t, diags)
	_, err = migration.Replay(g)
	require.EqualError(t, err, "replaying the migrations of shop: only their scripts were loaded")
}

func TestBrokenHistory(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		dirs             []*migration.Dir
		code, file, text string
	}{
		{
			"missing parent",
			[]*migration.Dir{dir("shop", at("shop", "2 b", "1 a"))},
			"WH3020", "shop/migrations/20261102000000_b.sql", "20261102000000_b has the parent 20261101000000_a, which is not there",
		},
		{
			"two heads",
			[]*migration.Dir{dir("shop", at("shop", "1 a"), at("shop", "2 b", "1 a"), at("shop", "3 c", "1 a"))},
			"WH3021", "shop/migrations/20261103000000_c.sql", `the app "shop" has 2 last migrations: 20261102000000_b, 20261103000000_c`,
		},
		{
			"another app's child is no head's", []*migration.Dir{
				dir("shop", at("shop", "1 a"), at("shop", "2 b", "1 a")), dir("kitchen", at("kitchen", "3 k", "2 b")),
			}, "", "", "",
		},
		{
			"cycle",
			[]*migration.Dir{dir("shop", at("shop", "1 a", "2 b"), at("shop", "2 b", "1 a"))},
			"WH3022", "shop/migrations/20261102000000_b.sql", "20261102000000_b comes after itself",
		},
		{
			"one ID twice",
			[]*migration.Dir{dir("shop", at("shop", "1 a")), dir("kitchen", at("kitchen", "1 a"))},
			"WH3023", "shop/migrations/20261101000000_a.sql", "two migrations have the ID 20261101000000_a",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, diags := migration.NewGraph(test.dirs...)
			require.Equal(t, test.code, codes(diags))
			for _, d := range diags {
				require.Equal(t, test.file, d.Range.File)
				require.Equal(t, test.text, d.Summary)
				require.NotEmpty(t, d.Next)
			}
		})
	}
}

func TestGraphNewID(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 1, 12, 0, 0, 5, time.FixedZone("", 3600))
	g, _ := migration.NewGraph()
	first := g.NewID(noon, "Initial!")
	require.Equal(t, "20261101110000_initial", first)
	require.Equal(t, "20261101110001_initial", g.NewID(noon, "initial", first))
	g, _ = migration.NewGraph(dir("shop", at("shop", "9 later")))
	require.Equal(t, "20261109000001_x", g.NewID(noon, "x"))
}
