package parser_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A word of PostgreSQL 18 is read, and only where it can stand.
func TestVirtual(t *testing.T) {
	t.Parallel()
	p := parser.New(nil)
	class, _, err := p.Tree("create table t (a int, b int generated always as (a + 1) virtual, c int generated always as (a) VIRTUAL not null)")
	require.NoError(t, err)
	require.Equal(t, "CreateStmt", class)
	_, _, err = p.Tree("select 1 from t virtual virtual")
	require.Error(t, err)
}
