package conformance_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// peakOptions are those of peak { ... } in a field: a view of its highest value, which
// stands in the schema of the table, because nothing says another one.
type peakOptions struct {
	Name string `whimbrel:"name" names:"relation" doc:"The name of the view."`
}

func peakScript(o *sdk.Declared[peakOptions]) sdk.Script {
	return sdk.Script{
		Create: []string{"CREATE VIEW " + o.Qualified() + " AS SELECT max(" + o.Column(o.Parent()) + ") AS peak FROM " + o.Table()},
		Drop:   []string{"DROP VIEW " + o.Qualified()},
	}
}

func hilly(script func(*sdk.Declared[peakOptions]) sdk.Script) sdk.Detector {
	return sdk.Define("hill", "1.0.0", "Views.", sdk.FieldOption("peak", "A view of the highest value.", sdk.Recreated(script)))
}

func hill(t *testing.T, script func(*sdk.Declared[peakOptions]) sdk.Script) []conformance.Check {
	t.Helper()
	report, err := conformance.Run(t.Context(), conformance.Subject{
		Detector: hilly(script), Many: 5,
		Models: []conformance.Models{
			{Name: "one", Text: "model \"book\" {\n  field \"title\" { type = text }\n  field \"price\" {\n    type = integer\n    peak {}\n  }\n}\n"},
			{Name: "two", Text: "model \"book\" {\n  schema = \"shelf\"\n  field \"title\" { type = text }\n  field \"price\" {\n    type = integer\n    peak { name = \"highest\" }\n  }\n}\n"},
		},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	})
	require.NoError(t, err)
	return report.Checks
}

// A relation whose schema no argument says stands in that of the table that it is part of.
func TestANameWithoutASchema(t *testing.T) {
	t.Parallel()
	for _, check := range hill(t, peakScript) {
		require.Empty(t, check.Problems, check.Name)
	}
}

// Who leaves the schema out is told where it would have come from.
func TestANameThatIsNotQualified(t *testing.T) {
	t.Parallel()
	var told []string
	for _, check := range hill(t, func(o *sdk.Declared[peakOptions]) sdk.Script {
		return sdk.Script{
			Create: []string{"CREATE VIEW " + o.Name() + " AS SELECT max(" + o.Column(o.Parent()) + ") AS peak FROM " + o.Table()},
			Drop:   []string{"DROP VIEW " + o.Name()},
		}
	}) {
		told = append(told, check.Problems...)
	}
	require.Contains(t, told, "from nothing to one: hill.create_peak on app.book.price says of view book_price_peak no schema, and makes it where the search path leads; "+
		"o.Qualified() of what has a name in a schema has that schema (and on 11 more ways)")
}
