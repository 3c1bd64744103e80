package conformance_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// One mistake is told once, with how often else it was met, whatever was tried.
func TestAFailureIsToldOnce(t *testing.T) {
	t.Parallel()
	broken := altered(func(_ context.Context, p sdk.Pass, _ *sdk.Result) error {
		if len(p.Changes) > 0 {
			return errors.New("no notes today")
		}
		return nil
	})
	s := subject(t, broken)
	s.Database, s.Program = nil, nil
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	var told []string
	for _, check := range report.Checks {
		for _, problem := range check.Problems {
			if check.Name != "every value that the manifest allows is answered" && strings.Contains(problem, "no notes today") {
				told = append(told, problem)
			}
		}
	}
	require.Len(t, told, 2, "by the plan, and by a call of a large project: %v", told)
	require.Regexp(t, `^from nothing to one: .*no notes today.* \(and on \d+ more ways\)$`, told[0])
}

// What is advised can be done: a block that stands by itself is on no table.
func TestAdviceForBlocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		detector sdk.Detector
		models   []conformance.Models
		advice   string
	}{
		"an option of a model": {good(), models, "quote every name and every text: Table, Column, Label, Ident and Literal do"},
		"a block":              {goodPeaks(), shelves, "quote every name and every text: Qualified, Name, NameOf, Ident and Literal do"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			timid := sdk.New(*c.detector.Manifest(), func(ctx context.Context, p sdk.Pass) (sdk.Result, error) {
				for o := range p.To.All() {
					if strings.Contains(string(o.Attrs), "$$") {
						return sdk.Result{}, errors.New("what a name")
					}
				}
				return c.detector.Detect(ctx, p)
			})
			report, err := conformance.Run(t.Context(), conformance.Subject{Detector: timid, Models: c.models, Many: 10})
			require.NoError(t, err)
			require.Equal(t, c.advice, find(report, "any name of a table or column is quoted").Next)
		})
	}
}

// SQL that is refused is not mended by quoting names, or by a list in the manifest.
func TestAdviceForRefusedSQL(t *testing.T) {
	t.Parallel()
	for sql, advice := range map[string]string{
		"ALTER ROLE reader SUPERUSER": "leave the statement out: what it is about is set up by whoever runs the server, or by whimbrel itself",
		"DROP VIEW public.other":      "make it in the plugin's own SQL, or say its name in Script.Names, as sdk.Name makes it",
		"CREATE VEIW v AS SELECT 1":   "mend the SQL: PostgreSQL's own parser does not read it",
		"SELECT pg_reload_conf()":     "leave the call out: what it does outlives the migration, or is outside the database",
	} {
		t.Run(sql, func(t *testing.T) {
			t.Parallel()
			s := subject(t, scripted(func(_ *sdk.Declared[options], script *sdk.Script) { script.Create = append(script.Create, sql) }))
			s.Database, s.Program = nil, nil
			report, err := conformance.Run(t.Context(), s)
			require.NoError(t, err)
			failed := 0
			for _, check := range report.Checks {
				if len(check.Problems) > 0 {
					failed++
					require.Equal(t, advice, check.Next, check.Name)
				}
			}
			require.Positive(t, failed)
		})
	}
}
