package pgtype_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// The server lists its own functions.
func TestFunctionsOfServer(t *testing.T) {
	t.Parallel()
	names := query(t, scratch.Database(t), "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace")
	require.Greater(t, len(names), 2000)
	for _, name := range names {
		assert.True(t, pgtype.IsFunction(name), name)
	}
	for _, name := range []string{"", "g", "lowe", "ower", "lower upper", "total"} {
		assert.False(t, pgtype.IsFunction(name), name)
	}
}
