package operation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// Clauses of slots stand where PostgreSQL has them, whatever order they come in.
func TestFilled(t *testing.T) {
	t.Parallel()
	s := operation.Statement{SQL: "CREATE TABLE public.event", Table: true, Clauses: []operation.Clause{
		operation.In("TABLESPACE fast"), operation.In("UNLOGGED"),
		{SQL: "at timestamptz"},
		operation.In("WITH (fillfactor = 80)"),
		operation.In("PARTITION BY RANGE (at)"),
	}}
	require.Equal(t, "CREATE UNLOGGED TABLE public.event (\n    at timestamptz\n) PARTITION BY RANGE (at) WITH (fillfactor = 80) TABLESPACE fast", s.Text())
	s.Clauses = s.Clauses[:1]
	require.Equal(t, "CREATE TABLE public.event () TABLESPACE fast", s.Text())
}

func TestSlotOf(t *testing.T) {
	t.Parallel()
	for clause, slot := range map[string]operation.Slot{
		"PARTITION BY LIST (a)": operation.SlotPartitionBy, "WITH (fillfactor = 80)": operation.SlotStorage, "TABLESPACE fast": operation.SlotTablespace,
		"UNLOGGED": operation.SlotUnlogged, "UNLOGGED TABLE": "", "INHERITS (base)": "", "": "",
	} {
		require.Equal(t, slot, operation.SlotOf(clause), clause)
	}
}
