package model_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// The table of a many_to_many becomes that of a model that somebody wrote, or the
// other way round, and keeps its rows.
func TestAdopted(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/adopted")
	detecttest.OnServer(t, "testdata/adopted")
}
