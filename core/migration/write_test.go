package migration_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
)

func TestLoadReturnsWhatWasWritten(t *testing.T) {
	t.Parallel()
	dir, _ := written(t)
	d, diags, err := migration.Load(os.DirFS(dir), "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Len(t, d.Migrations, 2)
	got := *d.Migrations[0]
	got.Hashes = nil
	require.Equal(t, replayed(initial()), &got)

	script, diags, err := d.Script("20261122101500_initial")
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Equal(t, []migration.Statement{{SQL: "CREATE TYPE public.size AS ENUM ('small', 'large')", Line: 11}}, script.Step(1).Up)
	require.Equal(t, 15, script.Step(2).Up[0].Line)
	require.Equal(t, initial().Operations[1].Hazard, script.Hazards(true))
	require.Equal(t, []int{1}, script.Step(2).After)
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	bad := map[string]func(*migration.Migration){
		"an ID":         func(m *migration.Migration) { m.ID = "../x" },
		"a parent":      func(m *migration.Migration) { m.Parents = []string{"x\n-- +goose Up"} },
		"no app":        func(m *migration.Migration) { m.App = "" },
		"a kind":        func(m *migration.Migration) { m.Operations[0].Kind = "create model" },
		"a detector":    func(m *migration.Migration) { m.Operations[0].Detector = "a]\n" },
		"a zero byte":   func(m *migration.Migration) { m.Operations[0].Up = operation.SQL("SELECT '\x00'") },
		"no UTF-8":      func(m *migration.Migration) { m.Operations[0].Up = operation.SQL("SELECT '\xff'") },
		"open string":   func(m *migration.Migration) { m.Operations[0].Up = operation.SQL("SELECT '\n-- +goose Down") },
		"prefixed":      func(m *migration.Migration) { m.Operations[0].Up = operation.SQL("SELECT U&'\n-- +goose Down'") },
		"no attributes": func(m *migration.Migration) { m.Operations[1].Edits[0].Put.Attrs = nil },
	}
	for name, spoil := range bad {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "new", "migrations")
			good, spoilt := initial(), changes()
			spoil(spoilt)
			_, err := migration.Write(dir, good, spoilt)
			require.Error(t, err)
			require.NoDirExists(t, filepath.Dir(dir))
		})
	}
}

func TestWriteReplacesNothing(t *testing.T) {
	t.Parallel()
	dir, before := written(t)
	_, err := migration.Write(dir, initial())
	require.ErrorIs(t, err, os.ErrExist)
	require.Equal(t, before, read(t, dir))

	require.NoError(t, os.WriteFile(filepath.Join(dir, firstSidecar), nil, 0o644))
	before = read(t, dir)
	third := initial()
	third.ID = "20261122000000_before" // sorts first, so that all hashes have to be made anew
	_, err = migration.Write(dir, third)
	require.ErrorContains(t, err, firstSidecar+" was changed after it was written")
	require.Equal(t, before, read(t, dir))
}

func TestSeal(t *testing.T) {
	t.Parallel()
	dir, files := written(t)
	const id = "20261122101500_initial"
	diags, err := migration.Seal(dir, id)
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Equal(t, files, read(t, dir), "there was nothing to seal")

	_, err = migration.Seal(dir, "20261122101500_none")
	require.ErrorIs(t, err, os.ErrNotExist)

	edit(t, dir, firstSQL, replace("varchar(30)", "text"))
	diags, err = migration.Seal(dir, id)
	require.NoError(t, err)
	require.Empty(t, diags)
	diags, err = migration.Validate(os.DirFS(dir), "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	d, _, err := migration.Load(os.DirFS(dir), "shop")
	require.NoError(t, err)
	require.True(t, d.Migration(id).Edited)
	require.Equal(t, "20261123090000_rename_pizza_name_title", d.Sum.Head)

	edit(t, dir, firstSQL, replace("-- whimbrel:op 3\nDROP", "-- whimbrel:op 2\nDROP"))
	diags, err = migration.Seal(dir, id)
	require.NoError(t, err)
	require.True(t, diags.HasErrors())
}

// TestSealTouchesOneMigration: the edit of another one is not sealed along.
func TestSealTouchesOneMigration(t *testing.T) {
	t.Parallel()
	dir, _ := written(t)
	edit(t, dir, firstSQL, replace("varchar(30)", "text"))
	edit(t, dir, secondSQL, replace("TYPE text", "TYPE citext"))
	diags, err := migration.Seal(dir, "20261122101500_initial")
	require.NoError(t, err)
	require.Equal(t, "WH3016", codes(diags))
	require.Equal(t, secondSQL, diags[0].Range.File)
}

// TestHandWritten: an empty migration is filled by hand and sealed; it runs and
// changes no state.
func TestHandWritten(t *testing.T) {
	t.Parallel()
	dir, _ := written(t)
	empty := &migration.Migration{ID: "20261124000000_fill", App: "shop", Parents: []string{"20261123090000_rename_pizza_name_title"}}
	paths, err := migration.Write(dir, empty)
	require.NoError(t, err)
	require.Len(t, paths, 1)
	edit(t, dir, "20261124000000_fill.sql", replace("-- +goose Up\n", "-- +goose Up\n\n-- why\nUPDATE pizza SET title = 'a;b'\n -- both\n WHERE true; DELETE FROM pizza;\n"))
	_, diags, err := migration.Load(os.DirFS(dir), "shop")
	require.NoError(t, err)
	require.Equal(t, "WH3016", codes(diags))

	diags, err = migration.Seal(dir, empty.ID)
	require.NoError(t, err)
	require.Empty(t, diags)
	d, diags, err := migration.Load(os.DirFS(dir), "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	empty.Opaque = true
	require.Equal(t, empty, d.Migrations[2])
	require.Equal(t, []migration.Step{{Number: 1, Kind: "sql", Line: 8, Up: []migration.Statement{
		{SQL: "UPDATE pizza SET title = 'a;b'\n -- both\n WHERE true", Line: 8},
		{SQL: "DELETE FROM pizza", Line: 10},
	}}}, d.Scripts[empty.ID].Steps)
}

func edit(t *testing.T, dir, name string, change func(string) string) {
	t.Helper()
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotEqual(t, string(data), change(string(data)))
	require.NoError(t, os.WriteFile(path, []byte(change(string(data))), 0o644))
}
