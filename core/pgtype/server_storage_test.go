package pgtype_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// The server says where it keeps large values of each of its types.
func TestStorageOfServer(t *testing.T) {
	t.Parallel()
	types := append(own(), "integer[]", "date[]", "varchar(30)", "numeric(8,2)")
	lines := query(t, scratch.Database(t), `SELECT name, CASE typstorage WHEN 'p' THEN 'plain' WHEN 'm' THEN 'main' ELSE 'extended' END
		FROM unnest(`+array(types)+`) AS name JOIN pg_type t ON t.oid = name::regtype`)
	require.Len(t, lines, len(types))
	for _, line := range lines {
		name, want, _ := strings.Cut(line, "|")
		parsed, err := pgtype.Parse(name)
		require.NoError(t, err)
		assert.Equal(t, want, parsed.Storage(), name)
	}
}
