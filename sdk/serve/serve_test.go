package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/sdk"
)

func rls() sdk.Detector {
	return sdk.New(sdk.Manifest{Name: "rls", Version: "1.2.0", Doc: "Row-level security."},
		func(context.Context, sdk.Pass) (sdk.Result, error) { return sdk.Result{}, nil })
}

func TestAnswersWithoutAHost(t *testing.T) {
	for name, c := range map[string]struct {
		args           []string
		stdin          string
		code           int
		stdout, stderr string
	}{
		"version": {[]string{"--version"}, "", 0, "rls 1.2.0 (protocol 1)\n", ""},
		"docs":    {[]string{"--docs"}, "", 0, "# rls 1.2.0\n\nRow-level security.\n\n```hcl\nplugin \"rls\" {}\n```\n", ""},
		"by hand": {nil, "", 1, "", `plugin "rls" {`},
		"nothing": {[]string{"--detect"}, "{", 1, "", "reading the request"},
		"wrong":   {[]string{"--detect"}, `{"pass": {"objects": [{"address": "x"}]}}`, 1, "", "reading the pass"},
		"asked":   {[]string{"--detect"}, `{"pass": {}}`, 0, "{\n  \"result\": {}\n}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code, done := answer(rls(), c.args, strings.NewReader(c.stdin), &stdout, &stderr)
			require.True(t, done)
			require.Equal(t, c.code, code)
			require.Equal(t, c.stdout, stdout.String())
			require.Contains(t, stderr.String(), c.stderr)
		})
	}
}

func TestManifestWithoutAHost(t *testing.T) {
	var stdout, stderr bytes.Buffer
	code, done := answer(rls(), []string{"plugin", "serve", "rls", "--manifest"}, nil, &stdout, &stderr)
	require.True(t, done)
	require.Equal(t, 0, code)
	require.Empty(t, stderr.String())
	var manifest sdk.Manifest
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &manifest))
	require.Equal(t, *rls().Manifest(), manifest)
}

func TestWithTheCookieItServes(t *testing.T) {
	t.Setenv("WHIMBREL_PLUGIN", "9f0c1ea5-numenius-phaeopus")
	_, done := answer(rls(), nil, nil, &bytes.Buffer{}, &bytes.Buffer{})
	require.False(t, done)
}
