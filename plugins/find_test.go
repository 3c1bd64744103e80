package plugins_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"
	"github.com/whimbreldb/whimbrel/sdk"
)

func TestFind(t *testing.T) {
	root, onPath, cwd := t.TempDir(), t.TempDir(), t.TempDir()
	program(t, filepath.Join(root, "bin", "own"), 0o755)
	program(t, filepath.Join(root, "bin", "text"), 0o644)
	program(t, filepath.Join(onPath, "whimbrel-plugin-rls"), 0o755)
	program(t, filepath.Join(onPath, "whimbrel-plugin-triggers"), 0o755)
	program(t, filepath.Join(cwd, "whimbrel-plugin-trap"), 0o755)
	t.Chdir(cwd)
	t.Setenv("PATH", "."+string(filepath.ListSeparator)+string(filepath.ListSeparator)+onPath)

	where := diag.Range{File: "whimbrel.hcl"}
	specs := plugins.Find(source.Project{Root: root, Plugins: []source.Plugin{
		{Name: "own", Source: "./bin/own", Version: "~> 1.0", Config: []byte(`{"a":1}`), Range: where},
		{Name: "rls"},
		{Name: "triggers"},
		{Name: "trap", Range: where},
		{Name: "text", Source: "bin/text"},
		{Name: "gone", Source: "bin/gone"},
		{Name: "../../bin/own"},
	}}, "/usr/bin/whimbrel", triggers())

	require.Len(t, specs, 7)
	require.Equal(t, plugins.Spec{
		Name: "own", Path: filepath.Join(root, "bin", "own"), Version: "~> 1.0", Config: []byte(`{"a":1}`), Range: where,
	}, specs[0])
	require.Equal(t, filepath.Join(onPath, "whimbrel-plugin-rls"), specs[1].Path)
	require.Equal(t, "/usr/bin/whimbrel", specs[2].Path, "our own plugin is in this program")
	require.Equal(t, []string{"plugin", "serve", "triggers"}, specs[2].Args)
	require.NotNil(t, specs[2].Detector)

	require.Nil(t, specs[1].Absent)
	for i, name := range []string{"trap", "text", "gone", "../../bin/own"} {
		absent := specs[3+i].Absent
		require.Equal(t, "WH4005", absent.Code)
		require.Contains(t, absent.Summary, name)
		require.NotEmpty(t, absent.Next)
	}
	require.Equal(t, where, specs[3].Absent.Range)
}

func program(t *testing.T, path string, mode os.FileMode) {
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"), mode))
}

func triggers() sdk.Detector {
	return sdk.New(sdk.Manifest{Name: "triggers", Version: "1.4.0"}, nil)
}

func TestWhatThePluginMustBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spec plugins.Spec
		code string
	}{
		"right":            {plugins.Spec{Name: "triggers", Version: "~> 1.4"}, ""},
		"patch":            {plugins.Spec{Name: "triggers", Version: "~> 1.4.0, != 1.4.1"}, ""},
		"newer wanted":     {plugins.Spec{Name: "triggers", Version: ">= 1.5"}, "WH4014"},
		"other major":      {plugins.Spec{Name: "triggers", Version: "~> 2.0"}, "WH4014"},
		"prerelease first": {plugins.Spec{Name: "triggers", Version: "> 1.4.0-rc1"}, ""},
		"no constraint":    {plugins.Spec{Name: "triggers", Version: "newest"}, "WH4014"},
		"other name":       {plugins.Spec{Name: "rls"}, "WH4024"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.spec.Detector = triggers()
			host, found, err := plugins.Open(t.Context(), []plugins.Spec{c.spec}, plugins.Options{})
			require.NoError(t, err)
			require.Equal(t, 0, host.Starts(), "what is in the program needs no process for its manifest")
			if c.code == "" {
				require.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			require.Equal(t, c.code, found[0].Code)
		})
	}
}

func TestPluginThatIsAskedForTwice(t *testing.T) {
	t.Parallel()
	spec := plugins.Spec{Name: "triggers", Detector: triggers()}
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec, spec}, plugins.Options{})
	require.NoError(t, err)
	require.Len(t, host.Detectors(), 1)
	require.Len(t, found, 1)
	require.Equal(t, "WH4006", found[0].Code)
}

func TestUnknownTransport(t *testing.T) {
	t.Parallel()
	_, _, err := plugins.Open(t.Context(), nil, plugins.Options{Transport: "pigeon"})
	require.ErrorContains(t, err, "pigeon")
}
