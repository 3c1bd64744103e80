package project_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
)

// SQL of the user's own is written into an empty migration, and sealed.
func TestMigrationByHand(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	p := opened(t, dir, inProcess())
	initial := made(t, p, project.PlanOptions{}).Migrations[0]
	_, err := p.Empty(t.Context(), "bar", "")
	requireArgument(t, "--app bar: the project has no such app", err)
	plan, err := p.Empty(t.Context(), "", "")
	require.NoError(t, err)
	files, err := plan.Write(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"migrations/20261122110001_custom.sql"}, files)
	require.Equal(t, []string{initial.ID}, plan.Migrations[0].Parents)

	write(t, dir, files[0], strings.Replace(read(t, dir, files[0]), "-- +goose Up\n", "-- +goose Up\nSELECT 1;\n", 1))
	_, err = p.History(t.Context())
	requireCode(t, "WH3016", err)
	_, err = p.Plan(t.Context(), project.PlanOptions{})
	requireCode(t, "WH3016", err)
	sealed, err := p.Seal(t.Context(), "custom")
	require.NoError(t, err)
	require.Equal(t, "20261122110001_custom", sealed)
	_, err = p.History(t.Context())
	require.NoError(t, err)
}

func TestSealOfNothing(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	_, err := opened(t, dir, inProcess()).Seal(t.Context(), "20261122110000_initial")
	requireCode(t, "WH0120", err)
	write(t, dir, "whimbrel.hcl", "app \"shop\" {}\napp \"bar\" {\n  models = \"bar\"\n  migrations = \"bar/db\"\n}\n")
	_, err = opened(t, dir, inProcess()).Seal(t.Context(), "20261122110000_initial")
	requireCode(t, "WH0120", err)
}

// A plugin that cannot be enabled leaves the project file as it was.
func TestEnable(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	p := opened(t, dir, inProcess())
	for _, c := range [][3]string{
		{"a b", "", `"a b" and "" are no name and path that can stand in whimbrel.hcl`},
		{"polish", "a${b}", `"polish" and "a${b}" are no name and path that can stand in whimbrel.hcl`},
	} {
		_, err := p.Enable(t.Context(), c[0], c[1])
		requireArgument(t, c[2], err)
	}
	_, err := p.Enable(t.Context(), "polish", "bin/polish")
	requireCode(t, "WH4005", err)
	require.Equal(t, shop, read(t, dir, "whimbrel.hcl"))
	require.NoFileExists(t, filepath.Join(dir, "whimbrel.lock.hcl"))
}

func TestIsWord(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"field": true, "comment": true, "enum": true, "mixin": true, "fillfactor": false} {
		taken, err := project.IsWord(t.Context(), word)
		require.NoError(t, err)
		require.Equal(t, want, taken, word)
	}
}
