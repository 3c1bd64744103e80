package migration_test

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// hostileName begins a line that goose would take for the end of the way up.
const hostileName = "a\n-- +goose Down\r\n\\"

// hostileSQL names a table, its comment and a function's body like that, in
// every way of quoting.
func hostileSQL() *migration.Migration {
	table := address.New("model", "shop", hostileName)
	quoted := address.Quote(hostileName)
	return &migration.Migration{
		ID: "20261124000000_hostile", App: "shop", Parents: []string{"20261123100000_changes"},
		Operations: []operation.Operation{{
			Kind: "create_model", Target: table,
			Up: operation.SQL(
				"CREATE TABLE "+quoted+" (id int, t text DEFAULT '\\\n-- +goose Down''')",
				"COMMENT ON TABLE "+quoted+" IS E'\\\\\\\n-- +goose Up\\''",
				"CREATE FUNCTION body() RETURNS text LANGUAGE sql AS $x$SELECT '\\\n-- whimbrel:op 7\n'$x$",
				"INSERT INTO "+quoted+" -- +goose Down\n /* \n-- +goose Down\n*/ VALUES (1)",
			),
			Down: operation.SQL("DROP FUNCTION body()", "DROP TABLE "+quoted),
			Hazard: []operation.Hazard{{
				Code: operation.DataLoss, Object: table, Down: true, Text: "rows of " + hostileName, Probe: "SELECT true FROM " + quoted,
			}},
		}},
	}
}

func history() []*migration.Migration {
	second := changes()
	second.ID, second.Parents = "20261123100000_changes", []string{initial().ID}
	second.Operations[3].Irreversible = ""
	second.Operations[3].Down = operation.SQL("ALTER TABLE public.pizza ADD COLUMN size public.size NOT NULL")
	return []*migration.Migration{initial(), second, hostileSQL()}
}

// TestGoose runs generated files with goose, up and down and up.
func TestGoose(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := migration.Write(dir, history()...)
	require.NoError(t, err)
	db, err := sql.Open("pgx", scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS(dir))
	require.NoError(t, err)

	results, err := provider.Up(t.Context())
	require.NoError(t, err)
	require.Len(t, results, 3)
	requireHostile(t, db)
	require.Equal(t, "title", one(t, db, "SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = 'pizza'::regclass AND attname IN ('name', 'title')"))

	_, err = provider.DownTo(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, "goose_db_version", one(t, db, "SELECT string_agg(relname, ',') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
	_, err = provider.Up(t.Context())
	require.NoError(t, err)
}

// TestScriptRuns runs what ParseSQL reads.
func TestScriptRuns(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("pgx", scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	var scripts []*migration.Script
	for _, m := range history() {
		text, _, err := migration.Render(m)
		require.NoError(t, err)
		script, diags := migration.ParseSQL(m.ID+".sql", text)
		require.Empty(t, diags)
		scripts = append(scripts, script)
		for _, step := range script.Steps {
			exec(t, db, step.Up)
		}
	}
	requireHostile(t, db)
	require.Equal(t, "true", one(t, db, scripts[2].Hazards(true)[0].Probe))
	for i := len(scripts) - 1; i >= 0; i-- {
		for n := len(scripts[i].Steps); n > 0; n-- {
			exec(t, db, scripts[i].Step(n).Down)
		}
	}
	require.Equal(t, "0", one(t, db, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
}

// TestGooseStopsAtIrreversible: goose knows nothing of our directive.
func TestGooseStopsAtIrreversible(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	second := changes()
	second.Parents = second.Parents[:1]
	_, err := migration.Write(dir, initial(), second)
	require.NoError(t, err)
	db, err := sql.Open("pgx", scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS(dir))
	require.NoError(t, err)
	_, err = provider.Up(t.Context())
	require.NoError(t, err)
	_, err = provider.Down(t.Context())
	require.ErrorContains(t, err, "operation 4 cannot be undone: the author's say")
}

func requireHostile(t *testing.T, db *sql.DB) {
	t.Helper()
	quoted := `"` + hostileName + `"`
	require.Equal(t, hostileName, one(t, db, "SELECT relname FROM pg_class WHERE relname LIKE 'a_--%'"))
	require.Equal(t, "\\\n-- +goose Down'", one(t, db, "SELECT t FROM "+quoted))
	require.Equal(t, "\\\n-- +goose Up'", one(t, db, "SELECT obj_description(oid) FROM pg_class WHERE relname LIKE 'a_--%'"))
	require.Equal(t, "SELECT '\\\n-- whimbrel:op 7\n'", one(t, db, "SELECT prosrc FROM pg_proc WHERE proname = 'body'"))
}

func one(t *testing.T, db *sql.DB, query string) (value string) {
	t.Helper()
	require.NoError(t, db.QueryRowContext(t.Context(), strings.TrimSpace(query)).Scan(&value))
	return value
}

func exec(t *testing.T, db *sql.DB, statements []migration.Statement) {
	t.Helper()
	for _, s := range statements {
		_, err := db.ExecContext(context.WithoutCancel(t.Context()), s.SQL)
		require.NoError(t, err, s.SQL)
	}
}
