package builtin_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// labelled are the cases of partitions whose labels are not the names in the database.
var labelled = []string{"partition/testdata/comes.txtar", "partition/testdata/renamed.txtar"}

// TestInspected reads the catalog of every case into model files: the same objects, and
// nothing is left out.
func TestInspected(t *testing.T) {
	t.Parallel()
	excepted := slices.Clone(labelled)
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
