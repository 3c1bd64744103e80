package operation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// What ran after the creation of a log goes before the log's drop; what ran before an
// alteration comes after it.
func TestOppositeNeeds(t *testing.T) {
	t.Parallel()
	log, field := address.New("log", "shop", "log"), address.New("field", "shop", "book", "title")
	needs := []operation.Need{
		{Verb: operation.Create, Object: log, Soft: true, Why: "it writes into it"},
		{Verb: operation.Alter, Object: field, Before: true},
	}
	require.Equal(t, []operation.Need{
		{Verb: operation.Drop, Object: log, Before: true, Soft: true, Why: "it writes into it"},
		{Verb: operation.Alter, Object: field},
	}, operation.OppositeNeeds(needs))
	require.False(t, needs[0].Before, "the list that came is as it was")
}
