package sqltext_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func TestHasStar(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]bool{
		"select * from t": true, "SELECT DISTINCT\n* from t": true, "select t . * from t": true, "select 1, /* all */ * from t": true,
		"select a from (select * from t) s": true,
		"select count(*) from t":            false, "select a * b from t": false, "select '*' from t": false, "select 2*3": false,
	} {
		require.Equal(t, want, sqltext.New(sqltext.Literal(sql)).HasStar(), sql)
	}
	hole := sqltext.Hole(sqltext.Name, address.New("field", "shop", "t", "a"))
	require.False(t, sqltext.New(sqltext.Literal("select "), hole, sqltext.Literal("* 2")).HasStar())
	require.True(t, sqltext.New(sqltext.Literal("select "), hole, sqltext.Literal(".* from t")).HasStar())
}
