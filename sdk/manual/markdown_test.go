package manual_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/manual"
)

// A block that stands by itself, with an argument of each type that only such
// blocks have.
func TestMarkdownOfABlock(t *testing.T) {
	t.Parallel()
	m := &detect.Manifest{Name: "sales", Version: "1.0.0", Doc: "Sums.", Options: []detect.Option{{
		Name: "summary", On: detect.OnApp, Kind: "sales.summary", Doc: "A sum.", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
			{Name: "query", Type: detect.TypeSQL, SQL: detect.SQLQuery, Required: true, Doc: "What is summed."},
			{Name: "of", Type: detect.TypeRef, Kinds: []string{"model", "view"}, Required: true, Example: "pizza", Doc: "Whose sum."},
			{Name: "name", Type: detect.TypeString, Names: "relation", Doc: "The name."},
		}},
	}, {
		Name: "server", On: detect.OnProject, Kind: "sales.server", Doc: "A server.", Labelled: true,
	}}}
	require.Equal(t, "# sales 1.0.0\n\nSums.\n\n```hcl\nplugin \"sales\" {}\n```\n"+
		"\n## summary\n\nAt the top of a model file. A sum.\n\n```hcl\nsummary \"name\" {\n  query = sql(\"...\")\n  of = pizza\n}\n```\n"+
		"\n| argument | takes | |\n|---|---|---|\n"+
		"| `query` | SQL: query; required | What is summed. |\n"+
		"| `of` | model or view; required | Whose sum. |\n"+
		"| `name` | a name in the database | The name. |\n"+
		"\n## server\n\nIn the project file. A server.\n\n```hcl\nserver \"name\" {}\n```\n", manual.Markdown(m))
}
