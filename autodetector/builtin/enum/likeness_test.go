package enum_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/enum"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
)

// Only the values count: neither the name in the database nor the schema.
func TestLikeness(t *testing.T) {
	t.Parallel()
	from := shop.State(shop.Enum("old", "a", "b"))
	to := shop.State(shop.EnumAs("new", "New", "a", "b"), shop.Enum("other", "b", "a"))
	get := func(name string) detect.Pair {
		return detect.Pair{
			Before: from.Get(address.New(model.EnumKind, "shop", "old")), After: to.Get(address.New(model.EnumKind, "shop", name)),
		}
	}
	found, err := enum.Kind().(detect.Judge).Judge(t.Context(), detect.Comparison{
		From: from, To: to, Pairs: []detect.Pair{get("new"), get("other")},
	})
	require.NoError(t, err)
	require.Equal(t, []detect.Alikeness{detect.Alike, detect.Different}, found)
}
