package hcl_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestReadProject(t *testing.T) {
	t.Setenv("WHIMBREL_TEST_DATABASE", "postgres://x")
	root := filepath.Join(t.TempDir(), "bakery")
	require.NoError(t, os.Mkdir(root, 0o755))
	_, problems, err := hcl.ReadProject(root)
	require.NoError(t, err)
	require.Len(t, problems, 1)
	require.Contains(t, problems[0].Next, "whimbrel init")

	write := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(root, "whimbrel.hcl"), []byte(text), 0o644))
	}
	write("")
	project, problems, err := hcl.ReadProject(root)
	require.NoError(t, err)
	require.Empty(t, problems)
	require.Equal(t, "bakery", project.Apps[0].Label)
	require.Equal(t, "models", project.Apps[0].Models)
	require.Equal(t, "migrations", project.Apps[0].Migrations)
	require.Equal(t, "public", project.Apps[0].Schema)

	write(`
environment "local" { url = env("WHIMBREL_TEST_DATABASE") }
environment "other" { url = env("WHIMBREL_TEST_NOTHING", "postgres://y") }
plugin "rls" {
  source  = "./bin/rls"
  version = "~> 1.0"
  timeout = "1m30s"
  config {
    default_role = "app"
    n            = -1.50
    mode         = strict
    list         = [true, "x"]
    deep { a = 1 }
  }
}
`)
	project, problems, err = hcl.ReadProject(root)
	require.NoError(t, err)
	require.Empty(t, problems)
	require.Equal(t, "postgres://x", project.Environments[0].URL)
	require.Equal(t, "postgres://y", project.Environments[1].URL)
	require.Equal(t, `{"deep":{"a":1},"default_role":"app","list":[true,"x"],"mode":"strict","n":-1.50}`, string(project.Plugins[0].Config))
	require.Equal(t, "whimbrel.hcl:4:8", project.Plugins[0].Range.String())
	require.Equal(t, 90*time.Second, project.Plugins[0].Timeout)

	for _, wrong := range []string{`"soon"`, `"-1s"`, `"0s"`, "3", "now"} {
		write("plugin \"rls\" { timeout = " + wrong + " }")
		_, problems, err = hcl.ReadProject(root)
		require.NoError(t, err)
		require.Len(t, problems, 1, wrong)
		require.Equal(t, "whimbrel.hcl:1:26", problems[0].Range.String())
		require.NotEmpty(t, problems[0].Next)
	}
}

func TestParseValue(t *testing.T) {
	t.Parallel()
	field := address.New("field", "shop", "book", "kind")
	kind := address.RefTo(address.New("enum", "shop", "kind"))
	attrs, err := state.Encode(kinds.Field{Column: "kind", Type: kinds.Type{Of: &kind}})
	require.NoError(t, err)
	values, err := state.Encode(kinds.Enum{Name: "kind", Schema: "public", Values: []string{"novel"}})
	require.NoError(t, err)
	to := state.New(&state.Object{Address: field, Attrs: attrs}, &state.Object{Address: kind.Address, Attrs: values})

	node, problems := hcl.ParseValue("-3")
	require.Empty(t, problems)
	require.Equal(t, expression.Node{Kind: expression.Number, Text: "-3"}, node)
	node, problems = hcl.ParseValue(`"novel"`, hcl.For(field, to, builtins()...))
	require.Empty(t, problems)
	require.Equal(t, expression.Node{Kind: expression.String, Text: "novel"}, node)
	node, problems = hcl.ParseValue("now()")
	require.Empty(t, problems)
	require.Equal(t, expression.Node{Kind: expression.Call, Text: "now", Args: []expression.Node{}}, node)

	for text, want := range map[string]string{
		`"nvel"`: `the default of --default is no value of enum "kind"; did you mean "novel"?`,
		"3":      "the default of --default is no value of type kind",
		"novel":  `there is no field "novel" in --default`,
		"3 +":    "syntax: missing expression",
		"":       "syntax: missing expression",
	} {
		_, problems := hcl.ParseValue(text, hcl.At("--default"), hcl.For(field, to, builtins()...))
		require.NotEmpty(t, problems, text)
		require.Equal(t, want, problems[0].Summary, text)
	}
}
