package conformance_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A share is what somebody may read.
type share struct {
	With string `whimbrel:"with" doc:"The role that may read."`
}

func shares() sdk.Detector {
	return sdk.Define("shares", "1.0.0", "Who may read.",
		sdk.ModelOption("share", "Lets a role read.", sdk.Recreated(func(o *sdk.Declared[share]) sdk.Script {
			return sdk.Script{
				Create: []string{"GRANT SELECT ON " + o.Table() + " TO " + sdk.Ident(o.Options.With)},
				Drop:   []string{"REVOKE SELECT ON " + o.Table() + " FROM " + sdk.Ident(o.Options.With)},
			}
		})))
}

// What a plugin needs and does not make is declared: a role, another plugin, and the
// answer to a question that its models leave open. Without it, it is missing.
func TestWhatIsDeclared(t *testing.T) {
	t.Parallel()
	model := func(more string) string {
		return "model \"book\" {\n  share { with = \"conformance_reader\" }\n  note { text = \"one\" }\n" + more + "}\n"
	}
	s := conformance.Subject{
		Detector: shares(), Beside: []detect.Detector{good()}, Many: 5,
		Models: []conformance.Models{
			{Name: "one", Text: model("")}, {Name: "two", Text: model("  field \"pages\" { type = integer }\n")},
		},
		Before:   []string{"CREATE ROLE conformance_reader"},
		Answers:  autodetector.Answers{Defaults: []autodetector.DefaultAnswer{{Field: "book.pages", Value: expression.Node{Kind: expression.Number, Text: "7"}}}},
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	}
	report, err := conformance.Run(t.Context(), s)
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
	}
	for says, lacks := range map[string]func(*conformance.Subject){
		`role "nobody_there" does not exist`: func(s *conformance.Subject) {
			s.Models = []conformance.Models{{Name: "one", Text: "model \"book\" {\n  share { with = \"nobody_there\" }\n}\n"}}
		},
		"the models leave a question open": func(s *conformance.Subject) { s.Answers, s.Database = autodetector.Answers{}, nil },
		`"note"`:                           func(s *conformance.Subject) { s.Beside, s.Database = nil, nil },
	} {
		without := s
		lacks(&without)
		report, err := conformance.Run(t.Context(), without)
		require.NoError(t, err)
		require.Contains(t, problems(report), says)
	}
}

// problems returns all of a report as one text.
func problems(report conformance.Report) string {
	text := ""
	for _, check := range report.Checks {
		for _, problem := range check.Problems {
			text += problem + "\n"
		}
	}
	return text
}
