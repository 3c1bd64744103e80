package builtin_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// results asks every built-in detector for its part of a change.
func results(t *testing.T, from, to *state.State) []detect.Result {
	t.Helper()
	var all []detect.Result
	for _, d := range builtin.Detectors() {
		pass := detect.Pass{From: from, To: to}
		for _, c := range state.Diff(from, to) {
			if c.Address().Kind() == d.Manifest().Kinds[0].Name {
				pass.Changes = append(pass.Changes, detect.Change{Change: c})
			}
		}
		result, err := d.Detect(t.Context(), pass)
		require.NoError(t, err)
		require.Empty(t, detect.Check(d.Manifest(), pass, result))
		all = append(all, result)
	}
	return all
}

// No kind changes a table that is somebody else's, nor asks about one.
func TestUnmanagedTables(t *testing.T) {
	t.Parallel()
	theirs := model.Model{Schema: "public", Table: "t", Unmanaged: true}
	from := shop.State(shop.TableAs(theirs, "t", shop.ID(), shop.Key()))
	to := shop.State(shop.TableAs(theirs, "t", shop.ID(), shop.Key(), shop.Field("n", "integer"), shop.IndexOn("n")))
	count := 0
	for _, result := range results(t, from, to) {
		assert.Empty(t, result.Questions)
		for _, op := range result.Operations {
			count++
			assert.Empty(t, op.Up)
			assert.Empty(t, op.Down)
			assert.Nil(t, op.Inline)
		}
	}
	assert.Equal(t, 2, count)
	for _, result := range results(t, from, shop.T()) {
		for _, op := range result.Operations {
			assert.Empty(t, op.Up, "taking over a table changes nothing in the database")
		}
	}
}
