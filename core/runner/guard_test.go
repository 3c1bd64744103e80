package runner_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/runner"
	"github.com/whimbreldb/whimbrel/core/state"
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

// unnamed is a migration that drops a field, which cannot come back where there are
// rows.
func unnamed(after string) *migration.Migration {
	name := pizza.Child("field", "name")
	return &migration.Migration{ID: "20261102500000_name", App: "shop", Parents: []string{after}, Operations: []operation.Operation{{
		Kind: "drop_field", Target: price, Edits: []state.Edit{state.Put(&state.Object{Address: name, Parent: pizza, App: "shop", Attrs: []byte("{}")})},
		Up: operation.SQL("SELECT 1"), Down: operation.SQL("ALTER TABLE public.pizza ADD COLUMN name text NOT NULL"),
		Hazard: []operation.Hazard{{
			Code: operation.NoValue, Object: name, Text: "rows have no value", Down: true, Probe: "SELECT EXISTS (SELECT FROM public.pizza)",
		}},
	}}}
}

// What is in the way and dropped a step later goes with what somebody has allowed; the
// rows of tables that stay keep what is in their way.
func TestGuardOfWhatGoesLater(t *testing.T) {
	t.Parallel()
	dropped := unnamed(third)
	b := newBench(t, creation(first, pizza), creation(third, topping, first), dropped)
	b.migrate("")
	b.run("INSERT INTO pizza VALUES (1)")
	b.run("INSERT INTO topping VALUES (1)")
	b.run("ALTER TABLE pizza ADD PRIMARY KEY (id)")
	b.run("ALTER TABLE topping ADD FOREIGN KEY (id) REFERENCES pizza ON DELETE CASCADE")

	found := refusal(b).Diagnostics()
	require.Len(t, found, 1)
	require.Equal(t, "WH0130", found[0].Code)
	require.Equal(t, "model shop.topping: the rows of the table are lost\nmodel shop.pizza: the rows of the table are lost", found[0].Detail)
	require.Len(t, refusal(b, "data_loss:shop.pizza").Losses, 1)
	require.True(t, refusal(b, "data_loss").None())
	require.Equal(t, "1", b.value("SELECT count(*) FROM pizza"), "it was rehearsed only")

	way, err := b.BackTo(t.Context(), third)
	require.NoError(t, err)
	refused, err := b.Guard(t.Context(), b.e, way, operation.Allowances{"data_loss"})
	require.NoError(t, err)
	require.Equal(t, "WH0132", refused.Diagnostics()[0].Code, "the table stays")

	way, err = b.BackTo(t.Context(), runner.Zero)
	require.NoError(t, err)
	require.NoError(t, runner.Walk{Executor: b.e}.Go(t.Context(), way))
	require.Equal(t, "0", b.value("SELECT count(*) FROM pg_class WHERE relname = 'pizza'"))
}

// A table that something reads before it goes, or that a table refers to that stays, is
// not emptied.
func TestNothingIsEmptiedThatIsRead(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]string{
		"rows are copied":  "INSERT INTO public.kept SELECT id FROM public.pizza",
		"rows are updated": "UPDATE public.kept SET id = (SELECT max(id) FROM public.pizza)",
		"code is run":      "DO $$ BEGIN END $$",
		"made from it":     "CREATE TABLE public.other AS SELECT * FROM public.pizza",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reader := addition()
			reader.Operations[0].Up, reader.Operations[0].Down = operation.SQL("SELECT 1"), operation.SQL(read)
			b := newBench(t, creation(first, pizza), reader, unnamed(second))
			b.migrate("")
			b.run("CREATE TABLE kept (id int)")
			b.run("INSERT INTO pizza VALUES (1)")
			require.Equal(t, "WH0132", refusal(b, "data_loss").Diagnostics()[0].Code)
		})
	}
	b := newBench(t, creation(first, pizza), unnamed(first))
	b.migrate("")
	b.run("ALTER TABLE pizza ADD PRIMARY KEY (id)")
	b.run("CREATE TABLE kept (id int REFERENCES pizza ON DELETE CASCADE)")
	b.run("INSERT INTO pizza VALUES (1)")
	b.run("INSERT INTO kept VALUES (1)")
	require.Equal(t, "WH0138", refusal(b, "data_loss").Diagnostics()[0].Code)
	require.Equal(t, "1", b.value("SELECT count(*) FROM kept"))
}

// What does not fit is counted, and nothing allows it. What only the conversion can
// tell is told in the server's words.
func TestGuardOfMisfits(t *testing.T) {
	t.Parallel()
	hazard := func(condition string) operation.Hazard {
		return operation.Hazard{
			Code: operation.NoFit, Object: price, Text: "values do not fit", Down: true, Probe: "SELECT EXISTS (SELECT FROM public.pizza WHERE " + condition + ")",
		}
	}
	loss := operation.Hazard{Code: operation.DataLoss, Object: price, Text: "values are lost", Down: true, Probe: "SELECT EXISTS (SELECT FROM public.pizza WHERE price::text::uuid IS NULL)"}
	b := newBench(t, creation(first, pizza), addition(loss, hazard("price > 5")), creation(third, topping, second))
	b.migrate("")
	b.run("INSERT INTO pizza VALUES (1, 7), (1, 8), (1, 2)")
	way, err := b.BackTo(t.Context(), first)
	require.NoError(t, err)
	refused, err := b.Guard(t.Context(), b.e, way, operation.Allowances{"data_loss"})
	require.NoError(t, err)
	found := refused.Diagnostics()
	require.Len(t, found, 1)
	require.Equal(t, "WH0137", found[0].Code)
	require.Equal(t, "field shop.pizza.price: values do not fit (2 rows)", found[0].Detail)
	require.Equal(t, "correct these values, and roll back again; their rows:\n  SELECT * FROM public.pizza WHERE price > 5;\n"+
		"or stop before it: whimbrel rollback --to "+second, found[0].Next)
	require.Len(t, refusal(b).Losses, 2, "of the field only what nothing allows is told")

	told := newBench(t, creation(first, pizza), addition(hazard("price::text::uuid IS NULL")))
	told.migrate("")
	told.run("INSERT INTO pizza VALUES (1, 7)")
	way, err = told.Back(t.Context(), 1)
	require.NoError(t, err)
	refused, err = told.Guard(t.Context(), told.e, way, operation.Allowances{"data_loss"})
	require.NoError(t, err)
	require.Equal(t, `field shop.pizza.price: values do not fit (invalid input syntax for type uuid: "7")`, refused.Diagnostics()[0].Detail)
}

// What fails without a hazard is found by the rehearsal, before anything is undone.
func TestGuardOfFailure(t *testing.T) {
	t.Parallel()
	checked := addition()
	checked.Operations[0].Down = operation.SQL("ALTER TABLE public.pizza ADD CHECK (id > 1)")
	b := newBench(t, creation(first, pizza), checked, creation(third, topping, second))
	b.migrate("")
	b.run("INSERT INTO pizza VALUES (1)")
	way, err := b.BackTo(t.Context(), first)
	require.NoError(t, err)
	refused, err := b.Guard(t.Context(), b.e, way, nil)
	require.NoError(t, err)
	found := refused.Diagnostics()
	require.Len(t, found, 1)
	require.Equal(t, "WH0138", found[0].Code)
	require.Contains(t, found[0].Detail, "is violated by some row")
	require.Equal(t, "correct the data, and roll back again\nor stop before it: whimbrel rollback --to "+second, found[0].Next)
	require.Equal(t, "3", b.value("SELECT count(*) FROM whimbrel.migrations"))
}
