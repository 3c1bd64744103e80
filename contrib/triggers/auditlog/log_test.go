package auditlog

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// logTables are a log and the history of shop.item as the triggers make them.
const logTables = `CREATE SCHEMA audit;
CREATE TABLE audit.log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    operation text NOT NULL, model text NOT NULL, table_name text NOT NULL,
    row_id jsonb, old jsonb, new jsonb, db_user text NOT NULL DEFAULT session_user, context jsonb);
CREATE TABLE audit.item_history (
    history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    operation text NOT NULL, db_user text NOT NULL DEFAULT session_user, context jsonb, old_row_id jsonb,
    id bigint, name text);
COMMENT ON TABLE audit.item_history IS '{"model": "shop.item", "schema": "public", "table": "item", "storage": "history",
    "history": "item_history", "key": ["id"], "columns": {"id": "id", "name": "name"}}';`

// newTables returns a database with a log, and a session in it that has run some SQL.
func newTables(t *testing.T, sql string) (url string, conn *pgx.Conn) {
	t.Helper()
	url = scratch.Database(t)
	conn = connect(t, url, nil)
	_, err := conn.Exec(t.Context(), logTables+sql)
	require.NoError(t, err)
	return url, conn
}

func connect(t *testing.T, url string, tracer pgx.QueryTracer) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	config.DefaultQueryExecMode, config.Tracer = pgx.QueryExecModeExec, tracer
	if tracer == nil {
		config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	}
	conn, err := pgx.ConnectConfig(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// openLog returns the log of a database that is read in batches of a size.
func openLog(t *testing.T, url string, batch int) *Log {
	t.Helper()
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	l := New(db)
	l.batch = batch
	return l
}

// rows returns the rows of a query of one column.
func rows(t *testing.T, conn *pgx.Conn, sql string) []string {
	t.Helper()
	found, err := conn.Query(t.Context(), sql)
	require.NoError(t, err)
	list, err := pgx.CollectRows(found, pgx.RowTo[string])
	require.NoError(t, err)
	return list
}

// However many records there are, a batch of each table is held, and they come in the
// order of their times.
func TestRecords_in_batches(t *testing.T) {
	t.Parallel()
	url, _ := newTables(t, `INSERT INTO audit.log (at, operation, model, table_name, row_id, new)
			SELECT '2026-11-22 10:00Z'::timestamptz + i * interval '2s', 'INSERT', 'shop.pizza', 'pizza', '{"id": 1}', '{"id": 1}' FROM generate_series(0, 49) i;
		INSERT INTO audit.item_history (at, operation, id, name)
			SELECT '2026-11-22 10:00:01Z'::timestamptz + i * interval '2s', 'INSERT', i, 'x' FROM generate_series(0, 49) i`)
	for _, oldest := range []bool{false, true} {
		l := openLog(t, url, 7)
		require.NoError(t, l.db.Read(t.Context(), func(tx pgx.Tx) error {
			s, err := Query{Oldest: oldest}.open(t.Context(), tx, l.batch, false)
			require.NoError(t, err)
			var seconds, held int
			require.NoError(t, s.each(t.Context(), func(r Record) error {
				want, model := seconds, "shop.pizza"
				if !oldest {
					want = 99 - seconds
				}
				if want%2 == 1 {
					model = "shop.item"
				}
				require.Equal(t, want, r.At.Minute()*60+r.At.Second())
				require.Equal(t, model, r.Model)
				seconds, held = seconds+1, max(held, s.held())
				return nil
			}))
			require.Equal(t, 100, seconds)
			require.LessOrEqual(t, held, 2*7)
			return nil
		}))
	}
}

// Who wants no more gets no more, and can go on with the database.
func TestRecords_until_enough(t *testing.T) {
	t.Parallel()
	url, _ := newTables(t, `INSERT INTO audit.log (operation, model, table_name) SELECT 'TRUNCATE', 'shop.pizza', 'pizza' FROM generate_series(1, 20)`)
	l := openLog(t, url, 3)
	var ids []int64
	for r, err := range l.Records(t.Context(), Query{}) {
		require.NoError(t, err)
		if ids = append(ids, r.ID); len(ids) == 5 {
			break
		}
	}
	require.Equal(t, []int64{20, 19, 18, 17, 16}, ids)
	newest, err := l.Newest(t.Context(), Query{Operations: []string{"TRUNCATE"}})
	require.NoError(t, err)
	require.Equal(t, int64(20), newest.ID)
	newest, err = l.Newest(t.Context(), Query{Operations: []string{"INSERT"}})
	require.NoError(t, err)
	require.Nil(t, newest)
	for _, err := range l.Records(t.Context(), Query{Since: "soon"}) {
		require.ErrorContains(t, err, "this is no time")
	}
	models, err := l.Models(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"shop.item", "shop.pizza"}, models)
}
