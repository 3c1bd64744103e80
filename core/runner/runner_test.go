package runner_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/runner"
	"github.com/whimbreldb/whimbrel/core/state"
)

var (
	pizza   = address.New("model", "shop", "pizza")
	topping = address.New("model", "shop", "topping")
	price   = pizza.Child("field", "price")
)

const first, second, third = "20261101000000_pizza", "20261102000000_price", "20261103000000_topping"

// creation is a migration that makes a table; rolling it back loses the rows.
func creation(id string, model address.Address, after ...string) *migration.Migration {
	return &migration.Migration{ID: id, App: "shop", Parents: after, Operations: []operation.Operation{{
		Kind: "create_model", Target: model, Edits: []state.Edit{state.Put(&state.Object{Address: model, App: "shop", Attrs: []byte("{}")})},
		Up:   operation.SQL("CREATE TABLE public." + model.Name() + " (id int)"),
		Down: operation.SQL("DROP TABLE public." + model.Name()),
		Hazard: []operation.Hazard{{
			Code: operation.DataLoss, Object: model, Text: "the rows of the table are lost", Down: true,
			Probe: "SELECT EXISTS (SELECT FROM public." + model.Name() + ")",
		}},
	}}}
}

// addition adds a column; the hazards on its way back are given.
func addition(down ...operation.Hazard) *migration.Migration {
	return &migration.Migration{ID: second, App: "shop", Parents: []string{first}, Operations: []operation.Operation{{
		Kind: "add_field", Target: price, Edits: []state.Edit{state.Put(&state.Object{Address: price, Parent: pizza, App: "shop", Attrs: []byte("{}")})},
		Up:     operation.SQL("ALTER TABLE public.pizza ADD price int"),
		Down:   operation.SQL("ALTER TABLE public.pizza DROP price"),
		Hazard: append(down, operation.Hazard{Code: "table_rewrite", Object: pizza, Text: "the table is written anew"}),
	}}}
}

// A bench is migrations with a database.
type bench struct {
	*runner.Runner
	t   *testing.T
	dir string
	db  *postgres.Database
	e   *postgres.Executor
}

func newBench(t *testing.T, migrations ...*migration.Migration) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir()}
	for _, m := range migrations {
		_, err := migration.Write(b.dir, m)
		require.NoError(t, err)
	}
	var err error
	b.db, err = postgres.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	b.e, err = postgres.Open(t.Context(), b.db, postgres.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.e.Close(); _ = b.db.Close() })
	b.read()
	return b
}

// read reads the files as they are now.
func (b *bench) read() {
	b.t.Helper()
	h, found, err := migration.ReadScripts(migration.Folder{App: "shop", Path: "migrations", FS: os.DirFS(b.dir)})
	require.NoError(b.t, err)
	require.Empty(b.t, found)
	scripts, err := runner.NewScripts(h)
	require.NoError(b.t, err)
	b.Runner = scripts.On(b.db)
}

func (b *bench) migrate(place string) {
	b.t.Helper()
	way, problems, err := b.To(b.t.Context(), place, false)
	require.NoError(b.t, err)
	require.Empty(b.t, problems)
	require.NoError(b.t, runner.Walk{Executor: b.e}.Go(b.t.Context(), way))
}

func (b *bench) run(sql string) {
	b.t.Helper()
	_, err := b.db.Query(b.t.Context(), sql)
	require.NoError(b.t, err)
}

func ids(way runner.Way) []string {
	var list []string
	for _, stage := range way.Stages {
		list = append(list, stage.Script.ID)
	}
	return list
}

func requireCode(t *testing.T, code string, err error) {
	t.Helper()
	var one diag.Diagnostic
	var list diag.List
	if errors.As(err, &list) {
		one = list[0]
	} else {
		require.True(t, errors.As(err, &one), "%v", err)
	}
	require.Equal(t, code, one.Code, "%v", err)
}

func TestWayTo(t *testing.T) {
	t.Parallel()
	b := newBench(t, creation(first, pizza), addition(), creation(third, topping, second))
	for _, c := range []struct {
		at, to string
		want   []string
		way    postgres.Direction
	}{
		{"", second, []string{first, second}, postgres.Up},
		{"", "", []string{first, second, third}, postgres.Up},
		{second, "topping", []string{third}, postgres.Up},
		{"", first, []string{third, second}, postgres.Down},
		{"", third, nil, postgres.Down},
		{"", runner.Zero, []string{third, second, first}, postgres.Down},
	} {
		if c.at != "" || c.way == postgres.Down {
			b.migrate(c.at)
		}
		way, problems, err := b.To(t.Context(), c.to, false)
		require.NoError(t, err)
		require.Empty(t, problems)
		require.Equal(t, c.want, ids(way), "from %q to %q", c.at, c.to)
		require.Equal(t, c.way, way.Direction)
	}
	_, _, err := b.To(t.Context(), "pasta", false)
	requireCode(t, "WH0120", err)
}

func TestWayBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, creation(first, pizza), addition(), creation(third, topping, second))
	b.migrate(second)
	_, err := b.BackTo(t.Context(), third)
	require.EqualError(t, err, "migration "+third+" is not applied, so there is no way back to it")
	b.migrate("")
	for steps, want := range map[int][]string{1: {third}, 2: {third, second}, 9: {third, second, first}} {
		way, err := b.Back(t.Context(), steps)
		require.NoError(t, err)
		require.Equal(t, want, ids(way))
	}
	way, err := b.BackTo(t.Context(), first)
	require.NoError(t, err)
	require.Equal(t, []string{third, second}, ids(way))
	require.NoError(t, runner.Walk{Executor: b.e}.Go(t.Context(), way))
	way, err = b.Back(t.Context(), 9)
	require.NoError(t, err)
	require.Equal(t, []string{first}, ids(way))
}

// A migration whose file is gone goes back by the text in the record.
func TestWayBackWithoutFiles(t *testing.T) {
	t.Parallel()
	b := newBench(t, creation(first, pizza))
	b.migrate("")
	files, err := filepath.Glob(filepath.Join(b.dir, "*"))
	require.NoError(t, err)
	for _, file := range append(files, filepath.Join(b.dir, migration.SumName)) {
		_ = os.Remove(file)
	}
	b.read()
	list, problems, err := b.Status(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, problems)
	require.Equal(t, runner.IsMissing, list[0].State)
	way, err := b.Back(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, runner.Walk{Executor: b.e}.Go(t.Context(), way))
	rows, err := b.db.Query(t.Context(), "SELECT to_regclass('public.pizza') IS NULL")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"t"}}, rows.Values)
}

func TestStatus(t *testing.T) {
	t.Parallel()
	b := newBench(t, creation(first, pizza), addition(), creation(third, topping, second))
	b.migrate(first)
	way, _, err := b.To(t.Context(), second, true)
	require.NoError(t, err)
	done := 0
	walk := runner.Walk{Executor: b.e, Fake: true, Done: func(runner.Stage, time.Duration) { done++ }}
	require.NoError(t, walk.Go(t.Context(), way))
	require.Equal(t, 1, done)
	list, problems, err := b.Status(t.Context())
	require.NoError(t, err)
	require.Empty(t, problems)
	var states []runner.State
	for _, m := range list {
		states = append(states, m.State)
	}
	require.Equal(t, []runner.State{runner.IsApplied, runner.IsFaked, runner.IsPending}, states)
	require.Equal(t, []string{"table_rewrite"}, list[1].Hazards)
	require.Nil(t, list[2].Applied)
}

func (b *bench) value(sql string) string {
	b.t.Helper()
	rows, err := b.db.Query(b.t.Context(), sql)
	require.NoError(b.t, err)
	return rows.Values[0][0]
}
