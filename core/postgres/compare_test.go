package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	a, b, c := script("1_a"), script("2_b"), script("3_c")
	b.Parents, c.Parents = []string{"1_a"}, []string{"2_b"}
	branch := script("2_branch")
	branch.Parents = []string{"1_a"}
	edited := a
	edited.Checksum = "h1:edited"
	tests := map[string]struct {
		applied []postgres.AppliedMigration
		scripts []postgres.Script
		pending []string
		want    map[string]diag.Severity
	}{
		"nothing applied":      {nil, []postgres.Script{a, b}, []string{"1_a", "2_b"}, nil},
		"everything applied":   {history(a, b), []postgres.Script{a, b}, nil, nil},
		"changed":              {history(a), []postgres.Script{edited, b}, []string{"2_b"}, map[string]diag.Severity{"WH5111": diag.Error}},
		"older checkout":       {history(a, b, c), []postgres.Script{a, b}, nil, map[string]diag.Severity{"WH5112": diag.Warning}},
		"contradicting branch": {history(a, b), []postgres.Script{a, branch}, []string{"2_branch"}, map[string]diag.Severity{"WH5112": diag.Error}},
		"merged branch":        {history(a, b), []postgres.Script{a, branch, b}, []string{"2_branch"}, map[string]diag.Severity{"WH5114": diag.Warning}},
		"gap":                  {history(a, c), []postgres.Script{a, b, c}, []string{"2_b"}, map[string]diag.Severity{"WH5113": diag.Error}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pending, problems := postgres.Compare(test.applied, test.scripts)
			var ids []string
			for _, s := range pending {
				ids = append(ids, s.ID)
			}
			require.Equal(t, test.pending, ids)
			got := map[string]diag.Severity{}
			for _, d := range problems {
				got[d.Code] = d.Severity
			}
			require.Len(t, problems, len(test.want))
			require.Subset(t, got, test.want)
		})
	}
}

func history(scripts ...postgres.Script) []postgres.AppliedMigration {
	var applied []postgres.AppliedMigration
	for _, s := range scripts {
		applied = append(applied, postgres.AppliedMigration{App: s.App, ID: s.ID, Checksum: s.Checksum})
	}
	return applied
}
