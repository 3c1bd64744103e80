package conformance_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, good(), unstable(), homesick(), chatty()) }

// options are what stands in note { ... }.
type options struct {
	Text  string `whimbrel:"text" doc:"The note."`
	Loud  bool   `whimbrel:"loud" doc:"In capitals."`
	Style string `whimbrel:"style" oneof:"plain,bold" default:"plain" doc:"How it looks."`
}

func comment(o *sdk.Declared[options]) sdk.Script {
	return sdk.Script{
		Create: []string{"COMMENT ON TABLE " + o.Table() + " IS " + sdk.Literal(o.Options.Text)},
		Drop:   []string{"COMMENT ON TABLE " + o.Table() + " IS NULL"},
		Locks:  o.Locks(sdk.ShareUpdateExclusive),
	}
}

// define returns the detector of a note, with what a test changes in it.
func define(name, doc string, script func(*sdk.Declared[options]) sdk.Script) sdk.Detector {
	see := func(catalog sdk.Catalog) ([]*sdk.Object, error) {
		var found []*sdk.Object
		for _, row := range sdk.Rows(catalog, "comments") {
			if m := sdk.ModelOf(catalog.State, row["schema"], row["table"]); m != nil {
				o, err := sdk.ObjectOf(name+".note", m.Address, "", map[string]any{"text": row["text"]})
				if err != nil {
					return nil, err
				}
				found = append(found, o)
			}
		}
		return found, nil
	}
	return sdk.Define(name, "1.0.0", doc,
		sdk.ModelOption("note", "A note.", sdk.Recreated(script), sdk.Version(1, rename)),
		sdk.Queries(see, sdk.CatalogQuery{Name: "comments", SQL: comments}),
	)
}

const comments = `SELECT n.nspname AS schema, c.relname AS table, d.description AS text FROM pg_catalog.pg_description d
	JOIN pg_catalog.pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'`

// rename is the upgrade from version 0, where text was called words.
func rename(_ int, attrs map[string]any) error {
	attrs["text"] = attrs["words"]
	delete(attrs, "words")
	return nil
}

// note is a detector that keeps every promise but those that a script breaks.
func note(script func(*sdk.Declared[options]) sdk.Script) sdk.Detector {
	return define("note", "Notes.", script)
}

func good() sdk.Detector { return note(comment) }

// unstable has another manifest in each process, homesick looks at the
// environment, chatty prints.
func unstable() sdk.Detector {
	return define("unstable", fmt.Sprint("Process ", os.Getpid()), comment)
}

func homesick() sdk.Detector {
	return define("homesick", "Notes.", func(o *sdk.Declared[options]) sdk.Script {
		s := comment(o)
		s.Create[0] += " -- of " + os.Getenv("USER")
		return s
	})
}

func chatty() sdk.Detector {
	return define("chatty", "Notes.", func(o *sdk.Declared[options]) sdk.Script {
		if slices.Contains(os.Args, "sdktest-serve") {
			fmt.Println("a note is written")
		}
		return comment(o)
	})
}

var models = []conformance.Models{
	{Name: "one", Text: "model \"book\" {\n  note { text = \"one\" }\n}\nmodel \"author\" {\n  note { text = \"two\" }\n}\n"},
	{Name: "two", Text: "model \"book\" {\n  note { text = \"it's two\" }\n}\n"},
}

// subject is what is checked of a detector, with all that there is to check.
func subject(t *testing.T, detector sdk.Detector) conformance.Subject {
	self, err := os.Executable()
	require.NoError(t, err)
	return conformance.Subject{
		Detector: detector, Models: models, Many: 100,
		Program:  []string{self, "-test.run=^$", "sdktest-serve", detector.Manifest().Name},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
		Former: []conformance.Former{{
			Name: "words.json", Kind: detector.Manifest().Kinds[0].Name, Attrs: []byte(`{"words":"a"}`), Want: []byte(`{"text": "a"}`),
		}},
	}
}

// altered changes what a detector answers.
func altered(change func(context.Context, sdk.Pass, *sdk.Result) error) sdk.Detector {
	d := good()
	return sdk.New(*d.Manifest(), func(ctx context.Context, pass sdk.Pass) (sdk.Result, error) {
		result, err := d.Detect(ctx, pass)
		return result, errors.Join(err, change(ctx, pass, &result))
	}, sdk.Upgrading(d.(detect.Upgrader).Upgrade), sdk.Inspecting(d.(detect.Inspector).Inspect))
}

// each changes every operation that is emitted.
func each(change func(*sdk.Operation)) sdk.Detector {
	return altered(func(_ context.Context, _ sdk.Pass, r *sdk.Result) error {
		for i := range r.Operations {
			change(&r.Operations[i])
		}
		return nil
	})
}

func scripted(change func(*sdk.Declared[options], *sdk.Script)) sdk.Detector {
	return note(func(o *sdk.Declared[options]) sdk.Script {
		s := comment(o)
		change(o, &s)
		return s
	})
}

// manifest changes what a detector says of itself.
func manifest(change func(*sdk.Manifest)) sdk.Detector {
	d := good()
	m := *d.Manifest()
	m.Kinds, m.Options, m.Queries = slices.Clone(m.Kinds), slices.Clone(m.Options), slices.Clone(m.Queries)
	change(&m)
	return sdk.New(m, d.Detect, sdk.Upgrading(d.(detect.Upgrader).Upgrade), sdk.Inspecting(d.(detect.Inspector).Inspect))
}

// A detector that keeps every promise passes every check, and none is left out.
func TestGood(t *testing.T) {
	t.Parallel()
	report, err := conformance.Run(t.Context(), subject(t, good()))
	require.NoError(t, err)
	require.Equal(t, "note 1.0.0", report.Plugin)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
		if !ofBlocks[check.Name] {
			require.Empty(t, check.Skipped, check.Name)
		}
		require.Empty(t, check.Notes, check.Name)
	}
}

// ofBlocks are the promises of blocks that stand by themselves; see blocks_test.go.
var ofBlocks = map[string]bool{
	"a block that stands by itself is renamed alone, and exchanges its name": true,
	"what such a block reads can change its type":                            true,
}

// onServer are the promises that SQL has to be run for.
var onServer = map[string]bool{
	"any name of a table or column is quoted": true, "PostgreSQL takes it up, down and up again": true,
	"no lock is stronger than what was claimed": true, "a database is seen as it was made": true, "each query is one SELECT": true,
	"a renamed table or column leaves what would be made at once": true,
}

// Each promise is broken by one detector, and that is found.
func TestEveryPromise(t *testing.T) {
	t.Parallel()
	calls := 0
	type change = func(*conformance.Subject)
	for promise, broken := range map[string]struct {
		detector sdk.Detector
		change   change
	}{
		"the manifest is valid": {detector: manifest(func(m *sdk.Manifest) { m.Doc = "" })},
		"the models can be read and planned": {detector: altered(func(_ context.Context, p sdk.Pass, _ *sdk.Result) error {
			if len(p.Changes) > 1 {
				return errors.New("too much")
			}
			return nil
		})},
		"equal passes give equal answers, in any order": {detector: each(func(o *sdk.Operation) {
			calls++
			o.Summary += string(rune('a' + calls%7))
		})},
		"changes of several models can be divided": {detector: altered(func(_ context.Context, p sdk.Pass, r *sdk.Result) error {
			if len(p.Changes) == 1 {
				r.Operations[0].Summary = "alone"
			}
			return nil
		})},
		"no change gives no operation": {detector: altered(func(_ context.Context, p sdk.Pass, r *sdk.Result) error {
			if len(p.Changes) == 0 {
				r.Operations = []sdk.Operation{{}}
			}
			return nil
		})},
		"operations are its own, and whole": {detector: each(func(o *sdk.Operation) { o.Kind = "other.kind" })},
		"a plan leads to the wanted state":  {detector: each(func(o *sdk.Operation) { o.Edits = []state.Edit{} })},
		"there is a way back":               {detector: each(func(o *sdk.Operation) { o.Down = nil })},
		"every value that the manifest allows is answered": {detector: scripted(func(o *sdk.Declared[options], s *sdk.Script) {
			if o.Options.Style == "bold" && !o.Options.Loud {
				o.TableOf(sdk.ModelRef{}) // of no model
			}
		})},
		"any name of a table or column is quoted": {detector: scripted(func(o *sdk.Declared[options], s *sdk.Script) {
			s.Create = []string{"COMMENT ON TABLE " + o.Model().Table + " IS 'x'"}
		})},
		"a pass ends in time": {
			detector: altered(func(context.Context, sdk.Pass, *sdk.Result) error { time.Sleep(30 * time.Millisecond); return nil }),
			change:   func(s *conformance.Subject) { s.Limit = 20 * time.Millisecond },
		},
		"a call ends when it is cancelled": {detector: altered(func(ctx context.Context, _ sdk.Pass, _ *sdk.Result) error {
			if ctx.Err() != nil {
				<-t.Context().Done()
			}
			return nil
		})},
		"every start gives the same manifest":             {detector: unstable()},
		"time zone, language and environment do not show": {detector: homesick()},
		"nothing is printed on standard output":           {detector: chatty()},
		"former versions are upgraded": {detector: good(), change: func(s *conformance.Subject) {
			s.Former[0].Want = json.RawMessage(`{"text":"b"}`)
		}},
		"each query is one SELECT": {detector: manifest(func(m *sdk.Manifest) {
			m.Queries[0].SQL = "WITH gone AS (DELETE FROM book RETURNING 1) SELECT 1 FROM gone"
		})},
		"PostgreSQL takes it up, down and up again": {detector: scripted(func(o *sdk.Declared[options], s *sdk.Script) {
			s.Drop = []string{"SELECT 1 / 0"}
		})},
		"no lock is stronger than what was claimed": {detector: each(func(o *sdk.Operation) {
			o.Locks = []operation.Lock{{Object: o.Locks[0].Object, Mode: sdk.RowShare}}
		})},
		"a database is seen as it was made": {detector: manifest(func(m *sdk.Manifest) {
			m.Queries[0].SQL += " AND c.relname <> 'author'"
		})},
		"each option changes alone, as it does with all others": {detector: altered(func(_ context.Context, p sdk.Pass, r *sdk.Result) error {
			if len(p.Changes) == 1 && p.Changes[0].After == nil && len(p.To.Children(p.Changes[0].Before.Parent)) > 0 {
				r.Diagnostics = diag.List{{Summary: "a book has to have a note"}}
			}
			return nil
		})},
		"a renamed table or column leaves what would be made at once": {detector: scripted(func(o *sdk.Declared[options], s *sdk.Script) {
			s.Create = []string{"COMMENT ON TABLE " + o.Table() + " IS " + sdk.Literal(o.Table())}
		})},
	} {
		t.Run(promise, func(t *testing.T) {
			s := subject(t, broken.detector)
			if !onServer[promise] {
				s.Database = nil
			}
			if broken.change != nil {
				broken.change(&s)
			}
			report, err := conformance.Run(t.Context(), s)
			require.NoError(t, err)
			require.True(t, report.Failed(), report)
			for _, check := range report.Checks {
				if check.Name == promise {
					require.NotEmpty(t, check.Problems, report)
					require.NotEmpty(t, check.Next)
				}
			}
		})
	}
}

// Locks without a claim are found too, and slowness is worth a note.
func TestNoClaimAndSlowness(t *testing.T) {
	t.Parallel()
	s := subject(t, scripted(func(_ *sdk.Declared[options], s *sdk.Script) { s.Locks = nil }))
	s.Budget = 10
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	locks, many := find(report, "no lock is stronger than what was claimed"), find(report, "a large project takes seconds")
	require.Equal(t, "note.create_note on app.author locks the table of app.author: SHARE UPDATE EXCLUSIVE, and claims nothing", locks.Problems[0])
	require.Empty(t, many.Problems)
	require.Contains(t, many.Notes[0], "a pass over 10 models with 10 objects takes more than 1ns")
}

func find(report conformance.Report, name string) conformance.Check {
	i := slices.IndexFunc(report.Checks, func(c conformance.Check) bool { return c.Name == name })
	return report.Checks[i]
}

// A name that is quoted only where it has signs in it is not quoted enough, and a
// name that is made longer than PostgreSQL allows is another one.
func TestNamesThatLookHarmless(t *testing.T) {
	t.Parallel()
	plain := regexp.MustCompile(`^[a-zA-Z_]+$`)
	for name, change := range map[string]func(*sdk.Declared[options], *sdk.Script){
		"words of SQL": func(o *sdk.Declared[options], s *sdk.Script) {
			if table := o.Model().Table; plain.MatchString(table) {
				s.Create = []string{"COMMENT ON TABLE " + table + " IS " + sdk.Literal(o.Options.Text)}
			}
		},
		"63 bytes": func(o *sdk.Declared[options], s *sdk.Script) {
			name := sdk.Literal(o.Model().Table + "_note")
			s.Create = append(s.Create, "DO $$ BEGIN ASSERT octet_length("+name+") < 64, 'too long'; END $$")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := subject(t, scripted(change))
			s.Models = []conformance.Models{{Name: "one", Text: "model \"order\" {\n  table = \"name\"\n  note { text = \"one\" }\n}\n"}}
			if name == "63 bytes" {
				s.Models = models[:1]
			}
			report, err := conformance.Run(t.Context(), s)
			require.NoError(t, err)
			require.NotEmpty(t, find(report, "any name of a table or column is quoted").Problems)
			require.Empty(t, find(report, "PostgreSQL takes it up, down and up again").Problems)
		})
	}
}
