package conformance_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A config is what stands in config "label" { ... }: a text search configuration that is
// renamed where it is.
type config struct {
	Name   string `whimbrel:"name" names:"text_search_configuration" doc:"The name in the database."`
	Schema string `whimbrel:"schema" names:"schema" doc:"The schema."`
}

// configs owns them.
type configs struct{ *sdk.Work }

func (x configs) at(o *sdk.Object) config   { return sdk.AttrsOf[config](x.Work, o) }
func (x configs) name(o *sdk.Object) string { return sdk.Qualified(x.at(o).Schema, x.at(o).Name) }
func (x configs) drop(o *sdk.Object) string { return "DROP TEXT SEARCH CONFIGURATION " + x.name(o) }

func (x configs) make(o *sdk.Object) string {
	return "CREATE TEXT SEARCH CONFIGURATION " + x.name(o) + " (COPY = pg_catalog.simple)"
}

func (x configs) rename(from, to *sdk.Object) []operation.Statement {
	if x.at(from).Name == x.at(to).Name {
		return nil
	}
	return operation.SQL("ALTER TEXT SEARCH CONFIGURATION " + x.name(from) + " RENAME TO " + sdk.Ident(x.at(to).Name))
}

// Create, Drop and Alter answer the changes of one.
func (x configs) Create(o *sdk.Object) {
	op := sdk.Creation(o)
	op.Up, op.Down, op.Takes = operation.SQL(x.make(o)), operation.SQL(x.drop(o)), x.Names(x.To, o)
	x.Emit(true, op)
}

func (x configs) Drop(o *sdk.Object) {
	op := sdk.Removal(o)
	op.Up, op.Down, op.Frees = operation.SQL(x.drop(o)), operation.SQL(x.make(o)), x.Names(x.From, o)
	x.Emit(true, op)
}

func (x configs) Alter(before, after *sdk.Object, replace bool) {
	if replace {
		x.Replace(x, before, after)
		return
	}
	op := sdk.Alteration(after)
	op.Up, op.Down = x.rename(before, after), x.rename(after, before)
	sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
	x.Emit(true, op)
}

// Names are those that one has.
func (x configs) Names(_ sdk.Moment, o *sdk.Object) []string {
	return []string{sdk.Name("text_search_configuration", x.at(o).Schema, x.at(o).Name)}
}

// Aside gives one a name that nobody has.
func (x configs) Aside(before, after *sdk.Object) *sdk.Object {
	return x.With(after, map[string]any{"name": sdk.Spare(x.at(before).Name), "schema": x.at(before).Schema})
}

// What an owner renames where it is exchanges its names by way of a spare one, which is
// the plugin's too.
func TestNamesInARing(t *testing.T) {
	t.Parallel()
	detector := sdk.Define("configs", "1.0.0", "Text search configurations.",
		sdk.AppBlock("config", "A text search configuration.", sdk.ByOwner[config](func(w *sdk.Work) sdk.Owner { return configs{w} }), sdk.Alike(sdk.Sure)))
	report, err := conformance.Run(t.Context(), conformance.Subject{
		Detector: detector, Many: 5,
		Models: []conformance.Models{
			{Name: "one", Text: "config \"a\" { name = \"x\" }\nconfig \"b\" { name = \"y\" }\nconfig \"c\" { name = \"z\" }\n"},
			{Name: "two", Text: "config \"a\" { name = \"y\" }\nconfig \"b\" { name = \"z\" }\nconfig \"c\" { name = \"x\" }\n"},
		},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	})
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
	}
}

// A block takes the name in the database that a model, or a built-in block, gives up in
// the same migration, and gives it back.
func TestNamesThatChangeHands(t *testing.T) {
	t.Parallel()
	book := "model \"book\" {\n" + bed + "}\n"
	s := gardenSubject(t, garden{})
	s.Models = []conformance.Models{
		{Name: "one", Text: book + "model \"author\" {}\nview \"most\" { query = sql(\"select 1 as x\") }\nglance \"least\" { of = book.price }\n"},
		{Name: "two", Text: book + "glance \"author\" { of = book.price }\nglance \"most\" { of = book.price }\nview \"least\" { query = sql(\"select 1 as x\") }\n"},
	}
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
	}
}
