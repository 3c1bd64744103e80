package runner

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	const head = "CREATE OR REPLACE FUNCTION public.f() RETURNS integer LANGUAGE sql AS "
	schemas := map[string]bool{"public": true, "shop": true}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"$f$ select n from item $f$", "$$ select n from public.item $$", true},
		{"$f$ select public.g(n) from item $f$", "$$ select g(n) from shop.item $$", true},
		{"$f$ select item.n from item $f$", "$f$ select n from item $f$", false},
		{"$f$ select n from shop.item $f$", "$f$ select n from public.item $f$", false},
		{"$f$ select n from item $f$", "$f$ select m from item $f$", false},
		{"$f$ select n from item $f$", "$f$ select n from item where true $f$", false},
		{"$f$ select 'public.item' $f$", "$f$ select 'item' $f$", false},
		{"$f$ select n $f$", "'select n'", false},
	} {
		require.Equal(t, c.want, alike(head+c.a, head+c.b, schemas), "%s and %s", c.a, c.b)
		require.Equal(t, c.want, alike(head+c.b, head+c.a, schemas), "%s and %s", c.b, c.a)
	}
}
