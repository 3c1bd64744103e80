package detect_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

func TestCheckConfig(t *testing.T) {
	t.Parallel()
	low := int64(1)
	m := &detect.Manifest{Name: "rls", Config: detect.Shape{Attrs: []detect.Attr{
		{Name: "role", Type: detect.TypeString, Required: true, Pattern: "[a-z]+"},
		{Name: "most", Type: detect.TypeInt, Min: &low},
		{Name: "mode", Type: detect.TypeKeyword, OneOf: []string{"strict", "loose"}},
		{Name: "deep", Type: detect.TypeBlock, Shape: &detect.Shape{Attrs: []detect.Attr{{Name: "on", Type: detect.TypeBool}}}},
	}}}
	at := diag.Range{File: "whimbrel.hcl", Start: diag.Pos{Line: 3, Column: 8}}
	require.Empty(t, detect.CheckConfig(m, json.RawMessage(`{"deep":{"on":true},"mode":"loose","most":2,"role":"app"}`), at))
	for config, want := range map[string]string{
		``:                                `plugin "rls": config has no role`,
		`{"role":"A"}`:                    `plugin "rls": config: argument "role" has to be text of the form [a-z]+`,
		`{"role":"a","most":0}`:           `plugin "rls": config: argument "most" has to be a whole number of at least 1`,
		`{"role":"a","most":"2"}`:         `plugin "rls": config: argument "most" has to be a whole number of at least 1`,
		`{"role":"a","mode":"x"}`:         `plugin "rls": config: argument "mode" has to be one of strict, loose`,
		`{"role":"a","deep":{"on":"x"}}`:  `plugin "rls": config.deep: argument "on" has to be bool`,
		`{"role":"a","deep":{"off":"x"}}`: `plugin "rls": config.deep has no argument "off"`,
	} {
		found := detect.CheckConfig(m, json.RawMessage(config), at)
		require.Len(t, found, 1, config)
		require.Equal(t, want, found[0].Summary)
		require.Equal(t, "whimbrel.hcl:3:8", found[0].Range.String())
	}
}
