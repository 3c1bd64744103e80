package builtin_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// unlike are the cases that the catalog says otherwise, beyond those that a dump does.
var unlike = map[string][]string{
	"a label that is not the name in the database": {
		"aggregate/testdata/overloads.txtar", "function/testdata/overloads_dropped.txtar", "function/testdata/overloads_made.txtar",
		"function/testdata/overloads_remade.txtar", "function/testdata/overloads_renamed.txtar", "function/testdata/overloads_ring.txtar",
		"partition/testdata/comes.txtar", "partition/testdata/renamed.txtar",
	},
	"the models say in SQL what the model language has words for, or the server writes it anew": {
		"function/testdata/stale.txtar", "materialized_view/testdata/index_followed.txtar", "materialized_view/testdata/index_retyped.txtar",
	},
}

// TestInspected reads the catalog of every case into model files: the same objects, and
// nothing is left out.
func TestInspected(t *testing.T) {
	t.Parallel()
	excepted := slices.Concat(slices.Collect(maps.Values(unlike))...)
	for _, files := range differing {
		excepted = append(excepted, files...)
	}
	p := parser.New(nil)
	partitions, err := filepath.Glob("partition/testdata/*.txtar")
	require.NoError(t, err)
	for _, file := range append(casesOfKinds(t), partitions...) {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			found, left := detecttest.Inspected(t, file, p)
			require.Empty(t, left)
			if !slices.Contains(excepted, file) {
				require.Empty(t, found)
			}
		})
	}
}
