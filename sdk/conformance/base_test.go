package conformance_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A stream is what stands in stream "label" { ... } in the project file: a
// publication, which belongs to a database and to no schema.
type stream struct {
	Of   sdk.ModelRef `whimbrel:"of" doc:"The model whose rows it sends."`
	Name string       `whimbrel:"name" names:"publication" doc:"The name in the database."`
}

func streams() sdk.Detector {
	return sdk.Define("streams", "1.0.0", "Publications.",
		sdk.ProjectBlock("stream", "A publication of a model's table.", sdk.Recreated(func(o *sdk.Declared[stream]) sdk.Script {
			return sdk.Script{
				Create: []string{"CREATE PUBLICATION " + o.Name() + " FOR TABLE " + o.NameOf(sdk.Ref(o.Options.Of))},
				Drop:   []string{"DROP PUBLICATION " + o.Name()},
				Locks:  o.Locks(sdk.ShareUpdateExclusive),
			}
		})))
}

// A block of the project file keeps every promise of those in model files.
func TestBlocksOfTheProject(t *testing.T) {
	t.Parallel()
	models := "model \"book\" {\n  field \"price\" { type = integer }\n}\n"
	report, err := conformance.Run(t.Context(), conformance.Subject{
		Detector: streams(), Many: 50,
		Models: []conformance.Models{
			{Name: "one", Text: models + "stream \"books\" { of = book }\n"},
			{Name: "two", Text: models + "stream \"books\" {\n  of = app.book\n  name = \"all books\"\n}\n"},
			{Name: "three", Text: models + "stream \"books\" { of = book }\nstream \"other\" { of = book }\n"},
		},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	})
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
	}
	for _, name := range []string{
		"a block that stands by itself is renamed alone, and exchanges its name",
		"any name of a table or column is quoted", "what is declared can be printed, and is read as the same",
	} {
		require.Empty(t, find(report, name).Skipped, name)
	}
}
