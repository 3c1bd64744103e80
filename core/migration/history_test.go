package migration_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

// twoApps writes the migrations of a shop and of a kitchen that builds on it.
func twoApps(t *testing.T) (root string, folders []migration.Folder) {
	t.Helper()
	root = t.TempDir()
	for _, m := range []*migration.Migration{
		at("shop", "1 pizza"), at("shop", "3 topping", "1 pizza"), at("kitchen", "2 pizza", "1 pizza"),
	} {
		_, err := migration.Write(filepath.Join(root, m.App), m)
		require.NoError(t, err)
	}
	for _, app := range []string{"shop", "kitchen"} {
		folders = append(folders, migration.Folder{App: app, Path: "db/" + app, FS: os.DirFS(filepath.Join(root, app))})
	}
	return root, folders
}

func TestHistory(t *testing.T) {
	t.Parallel()
	_, folders := twoApps(t)
	h, found, err := migration.ReadHistory(folders...)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, []string{"shop", "kitchen"}, h.Apps())
	require.Equal(t, "1_pizza 2_pizza 3_topping", ids(h.Migrations()))
	require.Equal(t, map[string]string{"shop": id("3 topping"), "kitchen": id("2 pizza")}, h.Newest())
	require.Equal(t, "db/kitchen/20261102000000_pizza.sql", h.File("kitchen", id("2 pizza")))
	require.Equal(t, "20261102000000_pizza.sql", h.File("bar", id("2 pizza")), "an app that is gone")

	s, err := h.State(id("2 pizza"))
	require.NoError(t, err)
	require.Equal(t, "model kitchen.pizza, model shop.pizza", addresses(s))
	script, err := h.Script(h.Migration(id("2 pizza")))
	require.NoError(t, err)
	require.Equal(t, id("1 pizza"), script.Parents[0])
}

func TestFind(t *testing.T) {
	t.Parallel()
	_, folders := twoApps(t)
	h, _, err := migration.ReadScripts(folders...)
	require.NoError(t, err)
	for _, c := range []struct{ name, want string }{
		{"20261103000000_topping", "3 topping"},
		{"20261102", "2 pizza"},
		{"topping", "3 topping"},
	} {
		m, err := h.Find(c.name)
		require.NoError(t, err)
		require.Equal(t, id(c.want), m.ID, c.name)
	}
	for _, c := range []struct{ name, want string }{
		{"pizza", "pizza names several migrations"},
		{"2026110", "2026110 names several migrations"},
		{"pasta", "there is no migration pasta"},
		{"", "there is no migration "},
	} {
		_, err := h.Find(c.name)
		var d diag.Diagnostic
		require.True(t, errors.As(err, &d), c.name)
		require.Equal(t, "WH0120", d.Code)
		require.Equal(t, c.want, d.Summary)
	}
}

// What is run is the text that was held against the sum.
func TestScriptHasItsText(t *testing.T) {
	t.Parallel()
	root, folders := twoApps(t)
	file := filepath.Join(root, "shop", id("1 pizza")+".sql")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	h, _, err := migration.ReadScripts(folders...)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, []byte("DROP TABLE pizza;"), 0o600))
	script, err := h.Script(h.Migration(id("1 pizza")))
	require.NoError(t, err)
	require.Equal(t, string(text), script.Text)
}

// A message names the folder, and so does the command to run next.
func TestMessagesNameTheFolder(t *testing.T) {
	t.Parallel()
	root, folders := twoApps(t)
	file := filepath.Join(root, "kitchen", id("2 pizza")+".sql")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, append(text, "\n-- by hand\n"...), 0o600))
	h, found, err := migration.ReadHistory(folders...)
	require.NoError(t, err)
	require.Empty(t, found, "the sidecars are as they were")
	found, err = h.Validate()
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "db/kitchen/20261102000000_pizza.sql", found[0].Range.File)
}
