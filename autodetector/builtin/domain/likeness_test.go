package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/domain"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
)

// Neither the name in the database nor a comment counts, all else does.
func TestLikeness(t *testing.T) {
	t.Parallel()
	integer := model.Domain{Type: shop.Type("integer"), Comment: "x"}
	from := shop.State(shop.Domain("old", integer))
	to := shop.State(
		shop.Domain("new", model.Domain{Type: shop.Type("integer"), Name: "New"}),
		shop.Domain("null", model.Domain{Type: shop.Type("integer"), Null: true}),
		shop.Domain("long", model.Domain{Type: shop.Type("bigint")}),
	)
	c := detect.Comparison{From: from, To: to}
	for _, name := range []string{"new", "null", "long"} {
		c.Pairs = append(c.Pairs, detect.Pair{
			Before: from.Get(address.New(model.DomainKind, "shop", "old")), After: to.Get(address.New(model.DomainKind, "shop", name)),
		})
	}
	found, err := domain.Kind().(detect.Judge).Judge(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, []detect.Alikeness{detect.Alike, detect.Different, detect.Different}, found)
}
