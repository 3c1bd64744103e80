package conformance_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// note is a detector that keeps every promise: a comment, as it is written.
func note(script func(*sdk.Declared[options]) sdk.Script) sdk.Detector {
	return sdk.Define("note", "1.0.0", "Notes.", sdk.ModelOption("note", "A note.", sdk.Recreated(script)))
}

type options struct {
	Text string `whimbrel:"text" doc:"The note."`
}

func good(o *sdk.Declared[options]) sdk.Script {
	return sdk.Script{
		Create: []string{"COMMENT ON TABLE " + o.Table() + " IS " + sdk.Literal(o.Options.Text)},
		Drop:   []string{"COMMENT ON TABLE " + o.Table() + " IS NULL"},
	}
}

var models = []conformance.Models{
	{Name: "one", Text: "model \"book\" {\n  note { text = \"one\" }\n}\n"},
	{Name: "two", Text: "model \"book\" {\n  note { text = \"it's two\" }\n}\n"},
}

// altered changes what a detector answers.
func altered(d sdk.Detector, change func(sdk.Pass, *sdk.Result)) sdk.Detector {
	return sdk.New(*d.Manifest(), func(ctx context.Context, pass sdk.Pass) (sdk.Result, error) {
		result, err := d.Detect(ctx, pass)
		change(pass, &result)
		return result, err
	})
}

// onServer are the promises that SQL has to be run for; the empty one is all.
var onServer = map[string]bool{
	"": true, "any name of a table or column is quoted": true, "PostgreSQL takes it up, down and up again": true,
	"a renamed table or column leaves what would be made at once": true,
}

// Each promise is broken by one detector, and that is found; a good one passes.
func TestEveryPromise(t *testing.T) {
	t.Parallel()
	calls := 0
	for promise, broken := range map[string]sdk.Detector{
		"":                      note(good),
		"the manifest is valid": sdk.Define("note", "1.0.0", "", sdk.ModelOption("note", "A note.", sdk.Recreated(good))),
		"equal passes give equal answers, in any order": altered(note(good), func(_ sdk.Pass, r *sdk.Result) {
			calls++
			for i := range r.Operations {
				r.Operations[i].Summary += string(rune('a' + calls%7))
			}
		}),
		"no change gives no operation": altered(note(good), func(p sdk.Pass, r *sdk.Result) {
			if len(p.Changes) == 0 {
				r.Operations = []sdk.Operation{{}}
			}
		}),
		"operations are its own, and whole": altered(note(good), func(_ sdk.Pass, r *sdk.Result) {
			for i := range r.Operations {
				r.Operations[i].Kind = "other.kind"
			}
		}),
		"the models can be read and planned": altered(note(good), func(_ sdk.Pass, r *sdk.Result) {
			for i, op := range r.Operations {
				if op.Edits[0].Put != nil {
					r.Operations[i].Edits = []state.Edit{} // does not lead where it should
				}
			}
		}),
		"there is a way back": altered(note(good), func(_ sdk.Pass, r *sdk.Result) {
			for i := range r.Operations {
				r.Operations[i].Down = nil
			}
		}),
		"any name of a table or column is quoted": note(func(o *sdk.Declared[options]) sdk.Script {
			s := good(o)
			s.Create = []string{"COMMENT ON TABLE " + o.Model().Table + " IS 'x'"}
			return s
		}),
		"a pass ends in time": altered(note(good), func(sdk.Pass, *sdk.Result) { time.Sleep(30 * time.Millisecond) }),
		"PostgreSQL takes it up, down and up again": note(func(o *sdk.Declared[options]) sdk.Script {
			s := good(o)
			s.Drop = []string{"SELEKT 1"}
			return s
		}),
		"a renamed table or column leaves what would be made at once": note(func(o *sdk.Declared[options]) sdk.Script {
			s := good(o)
			s.Create = []string{"COMMENT ON TABLE " + o.Table() + " IS " + sdk.Literal(o.Table())}
			return s
		}),
	} {
		t.Run(promise, func(t *testing.T) {
			subject := conformance.Subject{Detector: broken, Models: models}
			if promise == "a pass ends in time" {
				subject.Limit = 20 * time.Millisecond
			}
			if onServer[promise] {
				subject.Database = func(context.Context) (string, error) { return scratch.Database(t), nil }
			}
			report, err := conformance.Run(t.Context(), subject)
			require.NoError(t, err)
			require.Equal(t, promise != "", report.Failed(), report)
			for _, check := range report.Checks {
				if check.Name == promise {
					require.NotEmpty(t, check.Problems, report)
				}
			}
		})
	}
}
