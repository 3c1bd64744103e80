package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What other constraint triggers and audit triggers are known to do wrong, each
// with a test that these do not.

// A query over the whole table for each row.
func TestPeers_a_check_reads_no_table(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"row", "statement", "deferred_bulk"} {
		d := newDatabase(t)
		p := &project{}
		p.model(t, "page", field{name: "book", typ: "integer", null: true}, field{name: "kind", typ: "integer"})
		p.tables = append(p.tables, `CREATE INDEX ON page (book)`)
		p.constraint(t, "page", "cap", "Too many.", expression.Query{
			Values:   nodes(path(fieldAt("page", "book"))),
			Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("5"))),
		}, "level", level)
		d.install(p)
		d.run(`BEGIN`, `SET LOCAL session_replication_role = replica`,
			`INSERT INTO page SELECT i, CASE WHEN i > 10000 THEN i / 4 END, 1 FROM generate_series(1, 30000) i`, `COMMIT`, `ANALYZE page`)
		read := `SELECT (pg_stat_get_xact_tuples_returned('page'::regclass) + pg_stat_get_xact_tuples_fetched('page_book_idx'::regclass))::text`
		d.run(`BEGIN`)
		for i := range 8 { // plans are made anew five times, then kept
			d.run(fmt.Sprintf(`INSERT INTO page VALUES (%d, %d, 1)`, 100000+i, 3000+i), `SET CONSTRAINTS ALL IMMEDIATE`)
		}
		assert.Less(t, len(d.one(read)), 4, "%s: read %s rows for eight checks of five", level, d.one(read))
		d.run(`ROLLBACK`)
	}
}

// An apostrophe or dollar quote in a text, names cut at 63 bytes.
func TestPeers_texts_and_long_names(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "item", field{name: "n", typ: "integer"})
	long := strings.Repeat("größer", 12)
	for i, label := range []string{long + " 1", long + " 2", "can't", "$$", "Mixed Case"} {
		p.constraint(t, "item", label, "It's $$ "+label, expression.Query{
			Where: nodes(op("==", path(fieldAt("item", "n")), number(fmt.Sprint(i)))),
		}, "level", "deferred_bulk", "isolation", "any")
	}
	ops := d.install(p)
	for i, label := range []string{long + " 1", long + " 2", "can't", "$$", "Mixed Case"} {
		d.refuses("It's $$ "+label, fmt.Sprintf(`INSERT INTO item VALUES (1, %d)`, i))
	}
	d.down(ops)
	assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`))
}

// Names shadowed by temporary tables, rows hidden by policies, writers without
// rights, even where policies hold for the owner.
func TestPeers_forced_row_security(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	for _, level := range []string{"row", "deferred_bulk"} {
		d.run(`DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`)
		d.install(pizzasWith(t, "level", level, "isolation", "any"))
		bakeVegan(d)
		role := fmt.Sprintf("cook_%s_%s", level, d.one(`SELECT oid::text FROM pg_database WHERE datname = current_database()`))
		d.run(`CREATE ROLE `+role, `GRANT USAGE ON SCHEMA public TO `+role, `GRANT INSERT ON pizza_topping TO `+role,
			`ALTER TABLE pizza_topping ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
			`CREATE POLICY p ON pizza_topping FOR INSERT WITH CHECK (true)`)
		d.refuses("More than 5", `CREATE TEMP TABLE pizza_topping (pizza_id int, topping_id int); SET LOCAL ROLE `+role+
			`; INSERT INTO public.pizza_topping (id, pizza_id, topping_id) VALUES (100, 1, 6), (101, 1, 7)`)
		d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
	}
}

// Existing rows are not looked at, or the message does not say which they are.
func TestPeers_existing_rows_are_named(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "slot", field{name: "page", typ: "integer", null: true}, field{name: "kind", typ: "text"})
	d.run(p.tables...)
	d.run(`INSERT INTO slot SELECT i, nullif(i / 2, 2), 'it''s' FROM generate_series(2, 20) i`)
	p.constraint(t, "slot", "once", "Twice.", expression.Query{
		Values:   nodes(path(fieldAt("slot", "kind")), path(fieldAt("slot", "page"))),
		Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("1"))),
	})
	up := operations(t, nil, p.state())[0].Up
	var refused *pgconn.PgError
	require.ErrorAs(t, d.try(statements(up)), &refused)
	assert.Equal(t, "Twice.", refused.Message)
	assert.Equal(t, "slot_once", refused.ConstraintName)
	assert.Regexp(t, `^Rows that break it have \(kind, page\) = (\(it's, (\d+|NULL)\), ){5}\.\.\.\.$`, refused.Detail)
	d.run(`DELETE FROM slot WHERE page <> 5 OR page IS NULL`)
	require.ErrorAs(t, d.try(statements(up)), &refused)
	assert.Equal(t, "Rows that break it have (kind, page) = (it's, 5).", refused.Detail)
	d.run(`DELETE FROM slot WHERE id = 10`)
	d.accepts(statements(up))
}

// A lock for each key fills the lock table of the server.
func TestPeers_many_keys_in_one_statement(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "slot", field{name: "page", typ: "integer"})
	for _, level := range []string{"row", "statement", "deferred_bulk"} {
		p.constraint(t, "slot", level, "Twice "+level, expression.Query{
			Values:   nodes(path(fieldAt("slot", "page"))),
			Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("1"))),
		}, "level", level)
	}
	p.tables = append(p.tables, `CREATE INDEX ON slot (page)`)
	d.install(p)
	d.accepts(`INSERT INTO slot SELECT i, i FROM generate_series(1, 30000) i`)
	d.refuses("Twice statement", `INSERT INTO slot SELECT i, i % 29999 FROM generate_series(1, 30000) i`)
}

// Violations that come back after a check in the middle of the transaction.
func TestPeers_checked_again(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	d.install(pizzasWith(t, "level", "deferred_bulk"))
	bakeVegan(d)
	more := func(topping int) string {
		return fmt.Sprintf(`INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (1, %d); `, topping)
	}
	d.refuses("More than 5", more(5)+`SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; `+more(6))
	d.refuses("More than 5", more(5)+`SAVEPOINT s; `+more(6)+`ROLLBACK TO s; `+more(7))
	d.accepts(more(5)+`SAVEPOINT s; `+more(6)+`ROLLBACK TO s; `, more(5)+more(6)+`DELETE FROM pizza_topping WHERE topping_id = 6`,
		`UPDATE pizza_topping SET id = id + 100`)
	d.run(more(5))
	left := `SELECT sum((xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || oid::regclass, false, true, '')))[1]::text::int)::text
		FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ct%'`
	assert.Equal(t, "0", d.one(left), "what was written down is taken away")
}

// Objects that a rename or a type change leaves broken, seen by a session that
// has used them before; checks that are still due when the schema changes.
func TestPeers_warm_sessions(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"row", "statement", "deferred_bulk"} {
		d := newDatabase(t)
		old, now := &project{}, &project{}
		old.model(t, "item", field{name: "n", typ: "integer"}, field{name: "kind", typ: "integer"})
		now.model(t, "item", field{name: "n", column: "amount", typ: "numeric"}, field{name: "kind", typ: "text"})
		var objects []address.Address
		for _, p := range []*project{old, now} {
			objects = []address.Address{p.audit(t, "item", nil), p.constraint(t, "item", "sum", "Too much.", expression.Query{
				Values:   nodes(path(fieldAt("item", "kind"))),
				Annotate: as("n", call("sum", path(fieldAt("item", "n")))), Having: nodes(op(">", name("n"), number("10"))),
			}, "level", level)}
		}
		d.install(old)
		warm := connect(t, d.url)
		exec := func(sql string) error {
			_, err := warm.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol)
			return err
		}
		for i := range 7 {
			require.NoError(t, exec(fmt.Sprintf(`INSERT INTO item VALUES (%d, 1, 1)`, i)))
		}
		change := []string{`ALTER TABLE item ALTER n TYPE numeric, ALTER kind TYPE text`, `ALTER TABLE item RENAME n TO amount`}
		back := []string{`ALTER TABLE item RENAME amount TO n`, `ALTER TABLE item ALTER n TYPE integer, ALTER kind TYPE integer USING kind::integer`}
		for i, step := range []struct {
			from, to *state.State
			sql      []string
		}{{old.state(), now.state(), change}, {now.state(), old.state(), back}} {
			d.run(`BEGIN`)
			d.run([]string{`UPDATE item SET kind = kind + 1 WHERE id = 1`, `UPDATE item SET kind = kind || '0' WHERE id = 1`}[i])
			var ops [2]detect.Result
			for j, a := range objects {
				ops[j] = detectOne(t, step.from, step.to, a, true)
				d.up(ops[j].Operations[:1])
			}
			d.run(step.sql...)
			for j := range objects {
				d.up(ops[j].Operations[1:])
			}
			d.run(`COMMIT`)
			require.NoError(t, exec(fmt.Sprintf(`INSERT INTO item VALUES (%d, 1, '1')`, 100+i)), "%s %d", level, i)
			require.ErrorContains(t, exec(`INSERT INTO item VALUES (200, 10, '1')`), "Too much.", "%s %d", level, i)
			require.NoError(t, exec(`DELETE FROM item WHERE id = 100`))
		}
	}
}

// A function that is not volatile, or locks and checks in one statement, checks
// what was before the lock.
func TestPeers_lock_before_check(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	d.install(pizzasWith(t))
	assert.Equal(t, "true", d.one(`SELECT bool_and(provolatile = 'v' AND prosecdef AND proconfig @> '{"search_path=pg_catalog, pg_temp",row_security=off}'
		AND position('pg_advisory' IN prosrc) BETWEEN 1 AND position('IF EXISTS' IN prosrc)
		AND NOT has_function_privilege('public', oid, 'EXECUTE'))::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace`))
}

// SQL that depends on the version that applies it, or on the order of anything:
// it is text in the migration, the same each time.
func TestPeers_same_sql_each_time(t *testing.T) {
	t.Parallel()
	build := func() (text string) {
		for _, o := range operations(t, nil, pizzasWith(t, "level", "deferred_bulk").state()) {
			text += statements(o.Up) + statements(o.Down)
		}
		return text
	}
	assert.Equal(t, build(), build())
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	p := pizzasWith(t)
	opaque := p.constraint(t, "topping", "opaque", "No.", expression.Query{Where: nodes(raw("id = (SELECT max(id) FROM pizza)"))})
	far := p.constraint(t, "pizza_topping", "by_kind", "No.", expression.Query{
		Values:   nodes(path(fieldAt("pizza_topping", "pizza"), fieldAt("pizza", "kind"))),
		Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("5"))),
	})
	for a, want := range map[address.Address][]string{
		address.New(triggers.ConstraintKind, "shop", "pizza_topping", "at_most_5"):    {`add to model pizza_topping: index "by_pizza" { fields = [pizza] }`},
		address.New(triggers.ConstraintKind, "shop", "pizza_topping", "no_pineapple"): {`add to model pizza_topping: index "by_topping" { fields = [topping] }`},
		opaque: {"write level = deferred_bulk for one check a transaction, or name fields of the model itself in values"},
		far:    {"write level = deferred_bulk for one check a transaction, or name fields of the model itself in values"},
	} {
		var next []string
		for _, d := range detectOne(t, nil, p.state(), a, false).Diagnostics {
			next = append(next, d.Next)
		}
		assert.Equal(t, want, next, a.String())
	}
	wrong := p.constraint(t, "topping", "both", "No.", expression.Query{}, "level", "statement", "deferrable", "deferred")
	assert.Equal(t, "WH6105", detectOne(t, nil, p.state(), wrong, false).Diagnostics[0].Code)
}
