package runner_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// refusal returns why the way back to zero is refused.
func refusal(b *bench, allowed ...string) runner.Refusal {
	b.t.Helper()
	way, err := b.BackTo(b.t.Context(), runner.Zero)
	require.NoError(b.t, err)
	refused, err := b.Guard(b.t.Context(), b.e, way, allowed)
	require.NoError(b.t, err)
	return refused
}

func TestGuard(t *testing.T) {
	t.Parallel()
	b := newBench(t, creation(first, pizza), creation(third, topping, first))
	b.migrate("")
	require.Empty(t, refusal(b).Losses, "there are no rows")
	b.run("INSERT INTO pizza VALUES (1)")
	require.Equal(t, []runner.Loss{{
		Migration: first, Code: operation.DataLoss, Object: "model shop.pizza", Text: "the rows of the table are lost",
		Flag: "--allow data_loss:shop.pizza",
	}}, refusal(b).Losses)
	require.Empty(t, refusal(b, "data_loss:pizza").Losses)
	require.Len(t, refusal(b, "data_loss:topping").Losses, 1)
	b.run("INSERT INTO topping VALUES (1)")
	found := refusal(b).Diagnostics()
	require.Len(t, found, 1)
	require.Equal(t, "WH0130", found[0].Code)
	require.Equal(t, "model shop.topping: the rows of the table are lost\nmodel shop.pizza: the rows of the table are lost", found[0].Detail)
	require.Empty(t, refusal(b, "data_loss").Losses)
}

// A way back that would fail cannot be allowed.
func TestGuardOfNulls(t *testing.T) {
	t.Parallel()
	null := operation.Hazard{
		Code: operation.NoValue, Object: price, Text: "rows have no value", Down: true, Probe: "SELECT EXISTS (SELECT FROM public.pizza WHERE price IS NULL)",
	}
	b := newBench(t, creation(first, pizza), addition(null))
	b.migrate("")
	b.run("INSERT INTO pizza VALUES (1, 2)")
	require.Empty(t, refusal(b, "data_loss").Losses)
	b.run("INSERT INTO pizza VALUES (1)")
	found := refusal(b, "data_loss").Diagnostics()
	require.Len(t, found, 1)
	require.Equal(t, "WH0132", found[0].Code)
}

// What the database cannot tell counts as a loss, not as a failure.
func TestGuardThatCannotTell(t *testing.T) {
	t.Parallel()
	probe := "SELECT EXISTS (SELECT FROM public.nobody)"
	b := newBench(t, creation(first, pizza), addition(
		operation.Hazard{Code: operation.DataLoss, Object: price, Text: "values are lost", Down: true, Probe: probe},
		operation.Hazard{Code: operation.NoValue, Object: price, Text: "rows have no value", Down: true, Probe: probe},
	))
	b.migrate("")
	losses := refusal(b).Losses
	require.Len(t, losses, 1)
	require.True(t, losses[0].Unknown)
	require.Equal(t, "field shop.pizza.price: values are lost (the database cannot tell whether there are any now)", refusal(b).Diagnostics()[0].Detail)
}

func TestIrreversible(t *testing.T) {
	t.Parallel()
	m := creation(first, pizza)
	m.Operations[0].Down, m.Operations[0].Irreversible, m.Operations[0].Hazard = nil, "What was baked is eaten", nil
	b := newBench(t, m)
	b.migrate("")
	way, err := b.Back(t.Context(), 1)
	require.NoError(t, err)
	_, err = b.Guard(t.Context(), b.e, way, operation.Allowances{"data_loss"})
	requireCode(t, "WH0131", err)
	require.ErrorContains(t, err, "migration "+first+" cannot be rolled back: create model shop.pizza")
}

func TestText(t *testing.T) {
	t.Parallel()
	script := &migration.Script{Steps: []migration.Step{
		{Number: 1, Kind: "create_model", Target: pizza, Up: []migration.Statement{{SQL: "CREATE TABLE pizza ()"}}, Down: []migration.Statement{{SQL: "DROP TABLE pizza;"}}},
		{
			Number: 2, Kind: "create_index", Target: pizza.Child("index", "by_name"), Transaction: operation.Outside,
			Up: []migration.Statement{{SQL: "CREATE INDEX CONCURRENTLY x ON pizza (id)"}},
		},
	}}
	require.Equal(t, `BEGIN;
SET LOCAL lock_timeout = '3s';

-- 1: create model shop.pizza
CREATE TABLE pizza ();

COMMIT;

-- 2: create index shop.pizza.by_name
CREATE INDEX CONCURRENTLY x ON pizza (id);

`, runner.Text(script, false))
	require.Equal(t, "BEGIN;\nSET LOCAL lock_timeout = '3s';\n\n-- 1: drop model shop.pizza\nDROP TABLE pizza;\n\nCOMMIT;\n", runner.Text(script, true))
}
