package operation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

func TestAllowances(t *testing.T) {
	t.Parallel()
	price := operation.Hazard{Code: operation.DataLoss, Object: address.New("model", "shop", "pizza").Child("field", "price")}
	for flag, want := range map[string]bool{
		"data_loss":                        true,
		"table_rewrite":                    false,
		"data_loss:shop.pizza.price":       true,
		"data_loss:pizza.price":            true,
		"data_loss:shop.pizza":             true,
		"data_loss:shop":                   true,
		"data_loss:field shop.pizza.price": true,
		"data_loss:shop.pizza.pri":         false,
		"data_loss:shop.topping":           false,
		"table_rewrite:shop.pizza.price":   false,
	} {
		list := operation.Allowances{flag}
		require.Equal(t, want, list.Covers(price), flag)
		require.NoError(t, list.Check(), flag)
	}
	require.False(t, operation.Allowances(nil).Covers(price))
	for _, flag := range []string{"no_value", "data_loss:", "", "everything"} {
		require.EqualError(t, operation.Allowances{flag}.Check(),
			"--allow "+flag+": want data_loss, table_rewrite, table_scan, index_build, stale_values, opaque, or one of them with :ADDRESS")
	}
}
