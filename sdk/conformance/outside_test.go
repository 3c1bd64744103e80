package conformance_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A watched table has a trigger for the option of another model.
type watch struct {
	Of   sdk.Ref `whimbrel:"of,name" kinds:"field" doc:"A field of the table that is watched."`
	Loud int     `whimbrel:"loud" default:"1" doc:"How loud."`
}

// An unnamed one does not say that names are text.
type unnamedWatch struct {
	Of   sdk.Ref `whimbrel:"of,type" kinds:"field" doc:"A field of the table that is watched."`
	Loud int     `whimbrel:"loud" default:"1" doc:"How loud."`
}

// watches returns a detector of triggers on the tables of fields of other models. Their
// functions have the name of the table in their text, if that is wanted.
func watches[T any](of func(T) (sdk.Ref, int), named bool) sdk.Detector {
	return sdk.Define("watches", "1.0.0", "Watched tables.",
		sdk.ModelOption("watch", "A trigger on the table of a field.", sdk.Recreated(func(o *sdk.Declared[T]) sdk.Script {
			ref, loud := of(o.Options)
			table, body := o.NameOf(o.PartOf(ref)), fmt.Sprintf("BEGIN RAISE NOTICE '%d'; RETURN NEW; END", loud)
			if named {
				body = fmt.Sprintf("BEGIN PERFORM count(*) + %d FROM %s; RETURN NEW; END", loud, table)
			}
			return sdk.Script{
				Create: []string{
					"CREATE FUNCTION public.watched() RETURNS trigger LANGUAGE plpgsql AS " + sdk.Body(body),
					"CREATE TRIGGER watched BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION public.watched()",
				},
				Drop:  []string{"DROP TRIGGER watched ON " + table, "DROP FUNCTION public.watched()"},
				Names: []string{sdk.Name("function", "public", "watched")},
				Locks: o.LocksOf(sdk.AccessExclusive, ref.Ref),
			}
		})))
}

func watchSubject(t *testing.T, detector sdk.Detector) conformance.Subject {
	text := func(inside string) string {
		return "model \"book\" {\n  field \"price\" { type = integer }\n}\nmodel \"shop\" {\n  watch {\n    of = book.price\n" + inside + "  }\n}\n"
	}
	return conformance.Subject{
		Detector: detector, Models: []conformance.Models{{Name: "one", Text: text("")}, {Name: "two", Text: text("    loud = 2\n")}}, Many: 10,
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	}
}

// The table of a field that the option of another model names is renamed together with
// a change of the option: what is on it goes before, and comes after.
func TestTablesOfOthers(t *testing.T) {
	t.Parallel()
	of := func(w watch) (sdk.Ref, int) { return w.Of, w.Loud }
	unnamed := func(w unnamedWatch) (sdk.Ref, int) { return w.Of, w.Loud }
	for name, detector := range map[string]sdk.Detector{
		"in the text": watches(of, true), "not in the text": watches(of, false), "nothing is said of names": watches(unnamed, false),
	} {
		t.Run(name, func(t *testing.T) {
			report, err := conformance.Run(t.Context(), watchSubject(t, detector))
			require.NoError(t, err)
			for _, check := range report.Checks {
				require.Empty(t, check.Problems, check.Name)
			}
		})
	}
	report, err := conformance.Run(t.Context(), watchSubject(t, watches(unnamed, true)))
	require.NoError(t, err)
	found := find(report, "a renamed table or column leaves what would be made at once")
	require.NotEmpty(t, found.Problems)
	require.Contains(t, found.Next, "say that names are text: the word name in the tag of an argument")
}
