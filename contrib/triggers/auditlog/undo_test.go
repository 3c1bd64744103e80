package auditlog

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A watch counts the records that are held whenever the server is asked something.
type watch struct {
	*retraction
	most, queries int
}

// TraceQueryStart is called before a query.
func (w *watch) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	w.queries++
	if w.retraction != nil && w.records != nil {
		w.most = max(w.most, w.records.held())
	}
	return ctx
}

// TraceQueryEnd is called after it.
func (*watch) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// removal is a transaction that deleted parents, and with them their children: the
// parents are recorded first, so undoing finds the children first, and they have to
// wait. The last thing that it did was to change another table.
const removal = `CREATE TABLE parent (id bigint PRIMARY KEY, name text);
CREATE TABLE child (id bigint PRIMARY KEY, parent_id bigint NOT NULL REFERENCES parent ON DELETE CASCADE);
CREATE TABLE other (id bigint PRIMARY KEY, n integer);
INSERT INTO other SELECT i, 1 FROM generate_series(1, 8) i;
INSERT INTO audit.log (xid, operation, model, table_name, row_id, old)
    SELECT '7', 'DELETE', 'shop.parent', 'parent', jsonb_build_object('id', i), jsonb_build_object('id', i, 'name', 'p' || i) FROM generate_series(1, 10) i;
INSERT INTO audit.log (xid, operation, model, table_name, row_id, old)
    SELECT '7', 'DELETE', 'shop.child', 'child', jsonb_build_object('id', i), jsonb_build_object('id', i, 'parent_id', (i + 9) / 4) FROM generate_series(1, 30) i;
INSERT INTO audit.log (xid, operation, model, table_name, row_id, old, new)
    SELECT '7', 'UPDATE', 'shop.other', 'other', jsonb_build_object('id', i), '{"n": 0}', '{"n": 1}' FROM generate_series(1, 8) i;`

const family = `SELECT 'parent ' || id || ' ' || name FROM parent UNION ALL SELECT 'child ' || id || ' ' || parent_id FROM child
	UNION ALL SELECT 'other ' || id || ' ' || n FROM other`

// restored is what removal found.
func restored() []string {
	var list []string
	for i := 1; i <= 10; i++ {
		list = append(list, fmt.Sprintf("parent %d p%d", i, i))
	}
	for i := 1; i <= 30; i++ {
		list = append(list, fmt.Sprintf("child %d %d", i, (i+9)/4))
	}
	for i := 1; i <= 8; i++ {
		list = append(list, fmt.Sprintf("other %d 0", i))
	}
	return list
}

// However long the transaction, a batch of its records is held, and the rows of one
// statement.
func TestUndo_in_batches(t *testing.T) {
	t.Parallel()
	url, conn := newTables(t, removal)
	w := &watch{}
	r := &retraction{Undo: Undo{Transaction: "7", Commit: true}, batch: 4, targets: map[string]*target{}, rounds: map[int]int{}, pasts: map[string]past{}}
	tx, err := connect(t, url, w).Begin(t.Context())
	require.NoError(t, err)
	w.retraction = r
	require.NoError(t, r.do(t.Context(), tx))
	require.Equal(t, []Count{
		{Model: "shop.other", Operation: "UPDATE", Rows: 8},
		{Model: "shop.parent", Operation: "INSERT", Rows: 10},
		{Model: "shop.child", Operation: "INSERT", Rows: 30},
	}, r.counts)
	require.Len(t, r.rounds, 8, "the statements of the children have waited")
	require.Greater(t, w.queries, 48/4*3)
	require.LessOrEqual(t, w.most, 4)
	require.NoError(t, r.each(t.Context(), func(_ int, v *reversal) error {
		require.LessOrEqual(t, len(v.rows), 4)
		return nil
	}))
	require.NoError(t, tx.Commit(t.Context()))
	require.ElementsMatch(t, restored(), rows(t, conn, family))
}

// The statements can be read after the work, in the order in which they were run:
// running them does the same.
func TestUndo_shown(t *testing.T) {
	t.Parallel()
	for _, commit := range []bool{false, true} {
		url, conn := newTables(t, removal)
		l := openLog(t, url, 4)
		u := Undo{Transaction: "7", Commit: commit, Shown: true}
		o, err := l.Undo(t.Context(), u)
		require.NoError(t, err)
		script, sum := "", 0
		for s, err := range o.Statements(t.Context()) {
			require.NoError(t, err)
			script, sum = script+s.SQL+";\n", sum+s.Rows
		}
		o.Close(t.Context())
		require.Equal(t, 48, sum)
		if commit {
			require.ElementsMatch(t, restored(), rows(t, conn, family))
			_, err = conn.Exec(t.Context(), "TRUNCATE parent, child; UPDATE other SET n = 1")
			require.NoError(t, err)
		}
		require.Len(t, rows(t, conn, family), 8)
		_, err = conn.Exec(t.Context(), "BEGIN;\n"+strings.Join(u.Settings(), ";\n")+";\n"+script+"COMMIT")
		require.NoError(t, err)
		require.ElementsMatch(t, restored(), rows(t, conn, family))
	}
}

// What cannot be undone is listed, but not all of it, and nothing is changed.
func TestUndo_refused(t *testing.T) {
	t.Parallel()
	url, conn := newTables(t, removal+`ALTER TABLE child DROP parent_id`)
	_, err := openLog(t, url, 4).Undo(t.Context(), Undo{Transaction: "7", Commit: true})
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5406", d.Code)
	listed := strings.Split(d.Detail, "\n")
	require.Len(t, listed, 22)
	require.Equal(t, `  DELETE of shop.child {"id": 30}: the table has no column parent_id any more`, listed[0])
	require.Equal(t, "  and 10 more", listed[20])
	require.Equal(t, "Nothing was changed.", listed[21])
	require.Empty(t, rows(t, conn, "SELECT name FROM parent"))
}

// A row that has changed since stops the undo of all, and each is named.
func TestUndo_conflicts(t *testing.T) {
	t.Parallel()
	url, conn := newTables(t, removal+`UPDATE other SET n = 2 WHERE id IN (2, 7); INSERT INTO parent VALUES (3, 'new')`)
	_, err := openLog(t, url, 4).Undo(t.Context(), Undo{Transaction: "7", Commit: true})
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5405", d.Code)
	require.Equal(t, `  shop.other {"id": 7} has other values in n
  shop.other {"id": 2} has other values in n
  shop.parent {"id": 3} is there again
Nothing was changed.`, d.Detail)
	require.Equal(t, []string{"new"}, rows(t, conn, "SELECT name FROM parent"))
}

// hostile has a schema come first in the path of everybody whose functions and
// operators must not be called: each of them fails. A trigger calls one by its name
// alone.
const hostile = `CREATE SCHEMA evil;
CREATE FUNCTION evil.jsonb_array_elements(jsonb) RETURNS SETOF jsonb LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.jsonb_to_record(jsonb) RETURNS record LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.array_remove(text[], text) RETURNS text[] LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.cardinality(text[]) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.set_config(text, text, boolean) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.upper(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE FUNCTION evil.same(bigint, bigint) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE ''evil''; END';
CREATE OPERATOR evil.= (FUNCTION = evil.same, LEFTARG = bigint, RIGHTARG = bigint);
CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := upper(NEW.name); RETURN NEW; END';
CREATE TRIGGER loud BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION loud();
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = evil, pg_catalog, public', current_database()); END $$;`

// Undoing calls nothing that somebody has put into a schema of the path.
func TestUndo_on_a_hostile_path(t *testing.T) {
	t.Parallel()
	url, conn := newTables(t, removal+hostile)
	o, err := openLog(t, url, 100).Undo(t.Context(), Undo{Transaction: "7", Commit: true})
	require.NoError(t, err)
	o.Close(t.Context())
	require.Equal(t, []string{"p1", "p10"}, rows(t, conn, "SELECT name FROM parent WHERE name LIKE '_1%' ORDER BY id"), "as they were, whatever the trigger does")
	_, err = connect(t, url, nil).Exec(t.Context(), "SELECT jsonb_array_elements('[]')")
	require.ErrorContains(t, err, "evil", "whoever has this path would call it")
}

// With nothing but the catalog on the path, types and operators of extensions are
// found all the same, and a trigger that is not is explained.
func TestUndo_of_types_of_extensions(t *testing.T) {
	t.Parallel()
	url, conn := newTables(t, `CREATE SCHEMA ext; CREATE EXTENSION ltree SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext;
		CREATE TYPE ext.mood AS ENUM ('sad', 'glad');
		CREATE TABLE place (path ext.ltree PRIMARY KEY, tags ext.hstore, mood ext.mood);
		CREATE TABLE visit (id bigint PRIMARY KEY, path ext.ltree REFERENCES place ON DELETE SET NULL);
		INSERT INTO place VALUES ('a.b', 'x=>2', 'glad'), ('a.c', NULL, 'sad');
		INSERT INTO audit.log (xid, operation, model, table_name, row_id, old, new) VALUES
			('7', 'UPDATE', 'shop.place', 'place', '{"path": "a.b"}', '{"tags": {"x": "1", "y": null}, "mood": "sad"}', '{"tags": {"x": "2"}, "mood": "glad"}'),
			('7', 'INSERT', 'shop.place', 'place', '{"path": "a.c"}', NULL, '{"path": "a.c", "tags": null, "mood": "sad"}')`)
	l := openLog(t, url, 100)
	u := Undo{Transaction: "7", Commit: true}
	_, err := conn.Exec(t.Context(), "INSERT INTO visit VALUES (1, 'a.c')")
	require.NoError(t, err)
	_, err = l.Undo(t.Context(), u)
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.Contains(t, d.Detail, `shop.place {"path": "a.c"}: 1 of public.visit refer to it by now (visit_path_fkey)`)

	_, err = conn.Exec(t.Context(), `DELETE FROM visit; CREATE FUNCTION count_visits() RETURNS trigger LANGUAGE plpgsql AS
		'BEGIN PERFORM count(*) FROM visit; RETURN OLD; END'; CREATE TRIGGER count BEFORE DELETE ON place FOR EACH ROW EXECUTE FUNCTION count_visits()`)
	require.NoError(t, err)
	_, err = l.Undo(t.Context(), u)
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5407", d.Code)
	require.Contains(t, d.Detail, "Functions of triggers run with search_path = pg_catalog, pg_temp here, unless they set another one.")

	_, err = conn.Exec(t.Context(), "ALTER FUNCTION count_visits SET search_path = public, pg_temp")
	require.NoError(t, err)
	o, err := l.Undo(t.Context(), u)
	require.NoError(t, err)
	require.Equal(t, []Count{{Model: "shop.place", Operation: "DELETE", Rows: 1}, {Model: "shop.place", Operation: "UPDATE", Rows: 1}}, o.Counts)
	require.Equal(t, []string{`(a.b,"""x""=>""1"", ""y""=>NULL",sad)`}, rows(t, conn, "SELECT place::text FROM place"))
}
