package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/model"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A model with half of the fields that another one had may be that one.
func TestLikeness(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		was, is []shop.Part
		want    detect.Alikeness
	}{
		"the same": {
			[]shop.Part{shop.Field("id", "bigint"), shop.Field("n", "text")},
			[]shop.Part{shop.Field("id", "bigint"), shop.Field("n", "text")},
			detect.Alike,
		},
		"another type": {
			[]shop.Part{shop.Field("id", "bigint"), shop.Field("n", "text")},
			[]shop.Part{shop.Field("id", "bigint"), shop.Field("n", "varchar(3)")},
			detect.Different,
		},
		"one of three has another name": {
			three(), []shop.Part{shop.ID(), shop.Field("a", "text"), shop.Field("b", "date"), shop.Field("x", "uuid")}, detect.Alike,
		},
		"one of three is left": {
			three(), []shop.Part{shop.ID(), shop.Field("a", "text"), shop.Field("x", "date"), shop.Field("y", "uuid")}, detect.Different,
		},
		"only the key": {three(), []shop.Part{shop.ID()}, detect.Different},
	} {
		from, to := shop.State(shop.Table("old", c.was...)), shop.State(shop.Table("new", c.is...))
		require.Equal(t, c.want, judged(t, from, to, from.Get(shop.Model("old").Address), to.Get(shop.Model("new").Address)), name)
	}
}

func three() []shop.Part {
	return []shop.Part{shop.ID(), shop.Field("a", "text"), shop.Field("b", "date"), shop.Field("c", "uuid")}
}

func judged(t *testing.T, from, to *state.State, before, after *state.Object) detect.Alikeness {
	t.Helper()
	found, err := model.Kind().(detect.Judge).Judge(t.Context(), detect.Comparison{
		From: from, To: to, Pairs: []detect.Pair{{Before: before, After: after}},
	})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0]
}
