package conformance_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A peak is what stands in peak "label" { ... }: a view of the highest value of a
// field, which PostgreSQL does not let change its type under it.
type peak struct {
	Of     sdk.Ref `whimbrel:"of,type" kinds:"field" doc:"The field."`
	Name   string  `whimbrel:"name" names:"relation" doc:"The name in the database."`
	Schema string  `whimbrel:"schema" names:"schema" doc:"The schema."`
}

// A loose one does not say that the type counts.
type loosePeak struct {
	Of     sdk.Ref `whimbrel:"of,exists" kinds:"field" doc:"The field."`
	Name   string  `whimbrel:"name" names:"relation" doc:"The name in the database."`
	Schema string  `whimbrel:"schema" names:"schema" doc:"The schema."`
}

// peaks returns the detector of peaks that are called what name says.
func peaks[T any](of func(T) sdk.Ref, name func(*sdk.Declared[T]) string, settings ...sdk.Setting) sdk.Detector {
	return sdk.Define("peaks", "1.0.0", "Highest values.",
		sdk.AppBlock("peak", "A view of the highest value of a field.", sdk.Recreated(func(o *sdk.Declared[T]) sdk.Script {
			field := of(o.Options)
			return sdk.Script{
				Create: []string{"CREATE VIEW " + name(o) + " AS SELECT max(" + o.NameOf(field) + ") AS peak FROM " + o.NameOf(o.PartOf(field))},
				Drop:   []string{"DROP VIEW " + name(o)},
			}
		}), settings...),
		sdk.Queries(see, sdk.CatalogQuery{Name: "views", SQL: views}),
	)
}

const views = `SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v' AND n.nspname = 'public'`

// see says which peaks there are; of which field they are, it is too lazy to find out.
func see(catalog sdk.Catalog) ([]*sdk.Object, error) {
	var found []*sdk.Object
	for _, row := range sdk.Rows(catalog, "views") {
		block := sdk.BlockOf(catalog.State, "peaks.peak", row["schema"], row["name"])
		if block == nil {
			continue
		}
		o, err := sdk.ObjectOf("peaks.peak", block.Address, "", map[string]any{
			"name": row["name"], "schema": row["schema"], "of": address.RefTo(address.New("field", "app", "book", "price")),
		})
		if err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	return found, nil
}

func goodPeaks(settings ...sdk.Setting) sdk.Detector {
	return peaks(func(p peak) sdk.Ref { return p.Of }, (*sdk.Declared[peak]).Qualified, settings...)
}

// shelf has peaks that follow their label, and one that has a name of its own.
const shelf = `model "book" {
  field "price" { type = integer }
}
`

var shelves = []conformance.Models{
	{Name: "one", Text: shelf + "peak \"dearest\" { of = book.price }\n"},
	{Name: "two", Text: shelf + "peak \"dearest\" {\n  of = book.price\n  name = \"most\"\n}\n"},
	{Name: "three", Text: shelf + "peak \"dearest\" { of = book.price }\npeak \"other\" { of = book.price }\n"},
}

// moody has another verdict each time.
func moody() sdk.Setting {
	calls := 0
	return sdk.JudgedBy(func(*sdk.Declared[peak], *sdk.Declared[peak]) sdk.Alikeness {
		calls++
		return sdk.Alikeness(calls % 2)
	})
}

func peakSubject(t *testing.T, detector sdk.Detector) conformance.Subject {
	return conformance.Subject{
		Detector: detector, Models: shelves, Many: 100,
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	}
}

// A block that stands by itself keeps every promise, and those of blocks are looked at.
func TestGoodBlocks(t *testing.T) {
	t.Parallel()
	for name, settings := range map[string][]sdk.Setting{
		"never": nil, "asked": {sdk.Alike(sdk.Asked)}, "sure": {sdk.Alike(sdk.Sure)},
		"judged": {sdk.JudgedBy(func(before, after *sdk.Declared[peak]) sdk.Alikeness { return detect.Alike })},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := conformance.Run(t.Context(), peakSubject(t, goodPeaks(settings...)))
			require.NoError(t, err)
			for _, check := range report.Checks {
				require.Empty(t, check.Problems, check.Name)
			}
			for _, name := range []string{
				"a block that stands by itself is renamed alone, and exchanges its name", "what such a block reads can change its type",
				"any name of a table or column is quoted", "every value that the manifest allows is answered", "a database is seen as it was made",
			} {
				require.Empty(t, find(report, name).Skipped, name)
			}
		})
	}
}

// Each promise of blocks is broken by one detector, and that is found.
func TestBrokenBlocks(t *testing.T) {
	t.Parallel()
	ofPeak := func(p peak) sdk.Ref { return p.Of }
	for name, c := range map[string]struct {
		promise  string
		detector sdk.Detector
	}{
		"called like its label": {
			"a block that stands by itself is renamed alone, and exchanges its name",
			peaks(ofPeak, (*sdk.Declared[peak]).Label),
		},
		"does not say that types count": {
			"what such a block reads can change its type",
			peaks(func(p loosePeak) sdk.Ref { return p.Of }, (*sdk.Declared[loosePeak]).Qualified),
		},
		"does not quote": {
			"any name of a table or column is quoted",
			peaks(ofPeak, func(o *sdk.Declared[peak]) string { return o.Options.Schema + "." + o.Options.Name }),
		},
		"does not quote its label": {
			"any name of a table or column is quoted",
			peaks(ofPeak, func(o *sdk.Declared[peak]) string { return o.Options.Schema + "." + o.Object.Address.Name() }),
		},
		"judges by what it has seen": {"equal passes give equal answers, in any order", goodPeaks(moody())},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := conformance.Run(t.Context(), peakSubject(t, c.detector))
			require.NoError(t, err)
			require.NotEmpty(t, find(report, c.promise).Problems, report)
			require.NotEmpty(t, find(report, c.promise).Next)
		})
	}
}

// Where there are no models, a block is tried with a value of each type and with
// something of each kind that it can refer to.
func TestSamplesOfBlocks(t *testing.T) {
	t.Parallel()
	type everything struct {
		View     sdk.Ref       `whimbrel:"view" kinds:"view" doc:"A view."`
		Enum     sdk.Ref       `whimbrel:"enum" kinds:"other.kind,enum" doc:"An enum."`
		Field    sdk.Ref       `whimbrel:"field" kinds:"field" doc:"A field."`
		Type     sdk.Type      `whimbrel:"type" doc:"A type."`
		Query    sdk.Text      `whimbrel:"query" sql:"query" doc:"A query."`
		Body     sdk.Text      `whimbrel:"body" sql:"body" language:"language" doc:"A body."`
		Language string        `whimbrel:"language" oneof:"sql,plpgsql" default:"sql" doc:"Of the body."`
		Takes    sdk.Arguments `whimbrel:"arguments" doc:"Arguments."`
		Returns  sdk.Returned  `whimbrel:"returns" doc:"What comes back."`
		Map      sdk.Map       `whimbrel:"map" doc:"Settings."`
		Name     string        `whimbrel:"name" names:"function" doc:"The name."`
		Schema   string        `whimbrel:"schema" names:"schema" doc:"The schema."`
	}
	var seen []everything
	detector := sdk.Define("all", "1.0.0", "Everything.",
		sdk.AppBlock("all", "Everything.", sdk.Recreated(func(o *sdk.Declared[everything]) sdk.Script {
			seen = append(seen, o.Options)
			return sdk.Script{
				Create: []string{"CREATE FUNCTION " + o.Qualified() + "() RETURNS integer LANGUAGE sql AS " + sdk.Dollar(o.SQLText(o.Options.Query))},
				Drop:   []string{"DROP FUNCTION " + o.Qualified() + "()"},
			}
		})))
	report, err := conformance.Run(t.Context(), conformance.Subject{Detector: detector, Many: 10})
	require.NoError(t, err)
	require.False(t, report.Failed(), report)
	require.NotEmpty(t, seen)
	for _, o := range seen {
		require.Equal(t, "view app.sample_view", o.View.Address.String())
		require.Equal(t, "enum app.sample_enum", o.Enum.Address.String())
		require.Equal(t, "moment", o.Field.Address.Name())
		require.Equal(t, "integer", o.Type.SQL)
		require.Equal(t, "integer", o.Returns.Type.SQL)
	}
}

// Where two blocks make one kind of objects, nobody can tell which one was written.
func TestWhatCannotBePrinted(t *testing.T) {
	t.Parallel()
	good := goodPeaks()
	m := *good.Manifest()
	summit := m.Options[0]
	summit.Name, summit.Shape.Attrs = "summit", append(slices.Clone(summit.Shape.Attrs), sdk.Attr{Name: "note", Type: detect.TypeString, Doc: "A note."})
	m.Options = append([]sdk.Option{summit}, m.Options...)
	s := peakSubject(t, sdk.New(m, good.Detect, sdk.Inspecting(good.(detect.Inspector).Inspect)))
	s.Database = nil
	s.Models = []conformance.Models{{Name: "one", Text: shelf + "summit \"dearest\" {\n  of = book.price\n  note = \"high\"\n}\n"}}
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	problems := find(report, "what is declared can be printed, and is read as the same").Problems
	require.Contains(t, problems, `one: peaks.peak app.dearest cannot be written: attribute "note" is not one of its shape`)
}

// An option that is made anew with its table has nothing to do with a block that gets
// another label.
func TestLabelsOfStrangers(t *testing.T) {
	t.Parallel()
	type mark struct {
		Text string `whimbrel:"text" doc:"What is said of the table."`
	}
	detector := sdk.Define("peaks", "1.0.0", "Highest values, and marks.",
		sdk.AppBlock("peak", "A view of the highest value of a field.", sdk.Recreated(func(o *sdk.Declared[peak]) sdk.Script {
			return sdk.Script{
				Create: []string{"CREATE VIEW " + o.Qualified() + " AS SELECT max(" + o.NameOf(o.Options.Of) + ") AS peak FROM " + o.NameOf(o.PartOf(o.Options.Of))},
				Drop:   []string{"DROP VIEW " + o.Qualified()},
			}
		})),
		sdk.ModelOption("mark", "A comment.", sdk.Recreated(func(o *sdk.Declared[mark]) sdk.Script {
			return sdk.Script{
				Create: []string{"COMMENT ON TABLE " + o.Table() + " IS " + sdk.Literal(o.Options.Text)},
				Drop:   []string{"COMMENT ON TABLE " + o.Table() + " IS NULL"},
			}
		}), sdk.ParentName()))
	s := peakSubject(t, detector)
	s.Database = nil
	s.Models = []conformance.Models{{
		Name: "one", Text: "model \"book\" {\n  field \"price\" { type = integer }\n  mark { text = \"a\" }\n}\npeak \"dearest\" { of = book.price }\n",
	}}
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	require.Empty(t, find(report, "a block that stands by itself is renamed alone, and exchanges its name").Problems)
}
