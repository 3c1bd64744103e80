package serve

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/sdk"
)

func rls() sdk.Detector {
	return sdk.New(sdk.Manifest{Name: "rls", Version: "1.2.0", Doc: "Row-level security."}, nil)
}

func TestAnswersWithoutAHost(t *testing.T) {
	for name, c := range map[string]struct {
		args           []string
		code           int
		stdout, stderr string
	}{
		"version": {[]string{"--version"}, 0, "rls 1.2.0 (protocol 1)\n", ""},
		"by hand": {nil, 1, "", `plugin "rls" {`},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code, done := answer(rls(), c.args, &stdout, &stderr)
			require.True(t, done)
			require.Equal(t, c.code, code)
			require.Equal(t, c.stdout, stdout.String())
			require.Contains(t, stderr.String(), c.stderr)
		})
	}
}

func TestManifestWithoutAHost(t *testing.T) {
	var stdout, stderr bytes.Buffer
	code, done := answer(rls(), []string{"plugin", "serve", "rls", "--manifest"}, &stdout, &stderr)
	require.True(t, done)
	require.Equal(t, 0, code)
	require.Empty(t, stderr.String())
	var manifest sdk.Manifest
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &manifest))
	require.Equal(t, *rls().Manifest(), manifest)
}

func TestWithTheCookieItServes(t *testing.T) {
	t.Setenv("WHIMBREL_PLUGIN", "9f0c1ea5-numenius-phaeopus")
	_, done := answer(rls(), nil, &bytes.Buffer{}, &bytes.Buffer{})
	require.False(t, done)
}
