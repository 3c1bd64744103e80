package field_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/field"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What could hold the values of a field may be the field under another name.
func TestLikeness(t *testing.T) {
	t.Parallel()
	from := shop.State(shop.Table("a", shop.Field("n", "integer"), shop.Field("d", "date"), shop.Field("l", "text[]")))
	to := shop.State(shop.Table("a", shop.Field("m", "bigint"), shop.Field("u", "uuid"), shop.Field("s", "text")))
	c := detect.Comparison{From: from, To: to}
	of := func(s *state.State, name string) *state.Object { return s.Get(shop.Refs("a." + name)[0].Address) }
	var want []detect.Alikeness
	for _, p := range []struct {
		before, after string
		want          detect.Alikeness
	}{
		{"n", "m", detect.Alike},
		{"n", "s", detect.Alike},
		{"n", "u", detect.Different},
		{"d", "m", detect.Different},
		{"l", "s", detect.Alike},
		{"l", "m", detect.Different},
	} {
		c.Pairs = append(c.Pairs, detect.Pair{Before: of(from, p.before), After: of(to, p.after)})
		want = append(want, p.want)
	}
	found, err := field.Kind().(detect.Judge).Judge(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, want, found)
}
