package project_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/plugins"
)

// counted returns options that count how often plugins are opened.
func counted(release string) (project.Options, *int) {
	options, count := inProcess(), new(int)
	options.Release = release
	options.Plugins = func() (plugins.Options, error) {
		*count++
		return plugins.Options{Transport: plugins.InProcess}, nil
	}
	return options, count
}

// Where nothing had changed, and everything is as it was then, nothing is looked at
// again; whatever is another byte, everything is.
func TestVerdict(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	made(t, opened(t, dir, inProcess()), project.PlanOptions{})
	looks := func(release string, cached bool) bool {
		options, count := counted(release)
		plan, err := opened(t, dir, options).Plan(t.Context(), project.PlanOptions{Cached: cached})
		require.NoError(t, err)
		require.Empty(t, plan.Migrations)
		return *count > 0
	}
	require.True(t, looks("0.1.0", true), "the first time")
	require.False(t, looks("0.1.0", true))
	require.True(t, looks("0.1.0", false), "unless it is told not to")
	require.True(t, looks("0.2.0", true), "another whimbrel")
	require.False(t, looks("0.2.0", true))
	for _, name := range []string{"whimbrel.hcl", "models/shop.hcl"} {
		write(t, dir, name, read(t, dir, name)+"# more\n")
		require.True(t, looks("0.2.0", true), name)
		require.False(t, looks("0.2.0", true), name)
	}
	write(t, dir, "models/new.hcl", "\n")
	require.True(t, looks("0.2.0", true), "a file more")
	write(t, dir, "migrations/README", "ours\n")
	require.True(t, looks("0.2.0", true), "beside the migrations")
	write(t, dir, filepath.Join(".whimbrel", "cache", "unchanged"), "nonsense\n")
	require.True(t, looks("0.2.0", true), "a verdict that is none")
}

// A plan with something in it is no verdict.
func TestNoVerdictOnChanges(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	for range 2 {
		options, count := counted("0.1.0")
		plan, err := opened(t, dir, options).Plan(t.Context(), project.PlanOptions{Cached: true})
		require.NoError(t, err)
		require.Len(t, plan.Migrations, 1)
		require.Equal(t, 1, *count)
	}
}
