package conformance_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A feed is a publication of several models, of some of what is done with their rows.
type feed struct {
	Of   []sdk.Ref    `whimbrel:"of,name" kinds:"model" example:"[book, author]" doc:"The models whose rows it sends."`
	On   sdk.Keywords `whimbrel:"on" oneof:"insert,update,delete" doc:"What is sent; without it, everything."`
	Name string       `whimbrel:"name" names:"publication" doc:"The name in the database."`
}

func feeds() sdk.Detector {
	return sdk.Define("feeds", "1.0.0", "Publications.",
		sdk.ProjectBlock("feed", "A publication of tables.", sdk.Recreated(func(o *sdk.Declared[feed]) sdk.Script {
			create := "CREATE PUBLICATION " + o.Name()
			if len(o.Options.Of) > 0 {
				create += " FOR TABLE " + strings.Join(o.NamesOf(o.Options.Of), ", ")
			}
			if len(o.Options.On) > 0 {
				create += " WITH (publish = " + sdk.Literal(strings.Join(o.Options.On, ", ")) + ")"
			}
			return sdk.Script{Create: []string{create}, Drop: []string{"DROP PUBLICATION " + o.Name()}, Locks: o.Locks(sdk.ShareUpdateExclusive)}
		})))
}

// What lists of references name is there before it and gone after it, is renamed with
// it, and keeps every other promise.
func TestListsOfReferences(t *testing.T) {
	t.Parallel()
	models := "model \"book\" {\n  field \"price\" { type = integer }\n}\nmodel \"author\" {\n  field \"name\" { type = text }\n}\n"
	report, err := conformance.Run(t.Context(), conformance.Subject{
		Detector: feeds(), Many: 50,
		Models: []conformance.Models{
			{Name: "one", Text: models + "feed \"books\" { of = [book] }\n"},
			{Name: "two", Text: models + "feed \"books\" {\n  of = [author, book]\n  on = [delete, insert]\n}\n"},
			{Name: "three", Text: models + "feed \"books\" { on = [update] }\nfeed \"other\" { of = [author] }\n"},
		},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	})
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
	}
	for _, name := range []string{"every value that the manifest allows is answered", "what is declared can be printed, and is read as the same"} {
		require.Empty(t, find(report, name).Skipped, name)
	}
}
