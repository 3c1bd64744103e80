package triggers_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/expression"
)

// TestScenarios are the situations that constraint triggers are known to fail
// in, on a real server.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for name, scenario := range map[string]func(*testing.T){
		"01_race_at_read_committed":      raceAtReadCommitted,
		"02_race_at_higher_levels":       raceAtHigherLevels,
		"03_race_at_mixed_levels":        raceAtMixedLevels,
		"04_lock_before_check":           lockBeforeCheck,
		"05_deadlock_order":              deadlockOrder,
		"06_lock_beside_foreign_keys":    lockBesideForeignKeys,
		"07_pineapple_race":              pineappleRace,
		"08_vegan_race":                  veganRace,
		"09_at_least_one":                atLeastOne,
		"10_equal_keys":                  equalKeys,
		"11_many_keys_in_one_statement":  manyKeys,
		"12_temp_tables_and_row_rights":  tempTablesAndRowRights,
		"13_hostile_names":               hostileNames,
		"14_changes_under_warm_sessions": changesUnderWarmSessions,
		"15_data_and_schema_at_once":     dataAndSchemaAtOnce,
		"16_existing_rows":               existingRows,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(t)
		})
	}
}

var allLevels = []string{"row", "statement", "deferred_bulk"}

// A pair is two writes that break a constraint together only.
type pair struct{ first, second string }

func topping(n int) string {
	return fmt.Sprintf(`INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (1, %d)`, n)
}

var (
	sixth = []pair{
		{topping(6), topping(7)},
		{topping(6), `UPDATE pizza_topping SET pizza_id = 1 WHERE pizza_id = 2`},
	}
	pineapples = []pair{
		{`UPDATE topping SET name = 'Pineapple' WHERE id = 8`, topping(8)},
		{topping(8), `UPDATE topping SET name = 'Pineapple' WHERE id = 8`},
	}
	meats = []pair{
		{`UPDATE topping SET vegan = false WHERE id = 8`, topping(8)},
		{topping(8), `UPDATE topping SET vegan = false WHERE id = 8`},
		{
			`DELETE FROM pizza_topping WHERE topping_id = 9; UPDATE pizza SET kind = 'vegan' WHERE id = 2`,
			`INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (2, 9)`,
		},
	}
)

// races runs pairs at isolation levels: the one that comes second is refused, or
// at the higher levels told to try again.
func races(t *testing.T, levels [][2]string, pairs []pair, more ...any) {
	d := newDatabase(t)
	d.install(pizzasWith(t, more...))
	bakeVegan(d)
	for _, p := range pairs {
		for _, l := range levels {
			want := "40001"
			if l[1] == rc || l[1] == ru {
				want = "23514"
			}
			assert.Equal(t, want, d.race(racer{l[0], p.first}, racer{l[1], p.second}), "%v, %s: %s, then %s", more, l, p.first, p.second)
			assert.Equal(t, "0", d.one(broken), "%v, %s: %s, then %s", more, l, p.first, p.second)
			d.run(`TRUNCATE pizza, topping, pizza_topping`)
			bakeVegan(d)
		}
	}
}

func raceAtReadCommitted(t *testing.T) {
	for _, level := range allLevels {
		races(t, [][2]string{{rc, rc}, {ru, rc}, {rc, ru}}, sixth, "level", level)
	}
}

// A transaction that does not see what was committed since it began would check
// in vain, locks or not.
func raceAtHigherLevels(t *testing.T) {
	for _, level := range allLevels {
		d := newDatabase(t)
		d.install(pizzasWith(t, "level", level))
		bakeVegan(d)
		for _, l := range []string{rr, sr} {
			assert.Equal(t, "0A000", code(d.try(`SET TRANSACTION ISOLATION LEVEL `+l+`; `+topping(6))), "%s %s", level, l)
		}
		races(t, [][2]string{{rr, rr}, {sr, sr}}, sixth, "level", level, "isolation", "any")
	}
}

func raceAtMixedLevels(t *testing.T) {
	for _, level := range allLevels {
		races(t, [][2]string{{sr, rc}, {rc, sr}, {rr, rc}, {rc, rr}}, append(sixth, append(pineapples, meats...)...), "level", level, "isolation", "any")
	}
}

func pineappleRace(t *testing.T) {
	for _, level := range allLevels {
		races(t, [][2]string{{rc, rc}}, pineapples, "level", level)
	}
	races(t, [][2]string{{rr, rr}, {sr, sr}}, pineapples, "isolation", "any")
}

func veganRace(t *testing.T) {
	for _, level := range allLevels {
		races(t, [][2]string{{rc, rc}}, meats, "level", level)
	}
	races(t, [][2]string{{rr, rr}, {sr, sr}}, meats, "isolation", "any")
}

// A function that is not volatile, or locks and checks in one statement, checks
// what was before the lock.
func lockBeforeCheck(t *testing.T) {
	d := newDatabase(t)
	d.install(pizzasWith(t))
	assert.Equal(t, "true", d.one(`SELECT bool_and(provolatile = 'v' AND prosecdef AND proconfig @> '{"search_path=pg_catalog, pg_temp",row_security=off}'
		AND (prosrc NOT LIKE '%RAISE check_violation%' OR position('pg_advisory' IN prosrc) BETWEEN 1 AND position('IF EXISTS' IN prosrc))
		AND NOT has_function_privilege('public', oid, 'EXECUTE'))::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace`))
}

// Two transactions that write the same groups in opposite order wait for each
// other in a ring where locks come row by row; where they come at once they do
// not.
func deadlockOrder(t *testing.T) {
	for _, level := range []string{"row", "deferred_bulk"} {
		d := newDatabase(t)
		p := &project{}
		p.model(t, "slot", field{name: "page", typ: "integer"})
		p.constraint(t, "slot", "cap", "Too many.", expression.Query{
			Values:   nodes(path(fieldAt("slot", "page"))),
			Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("900"))),
		}, "level", level)
		d.install(p)
		ends := d.opposite()
		if level == "row" {
			assert.Subset(t, []string{"", "40P01"}, ends)
		} else {
			assert.Equal(t, []string{"", ""}, ends)
		}
	}
}

// opposite lets two transactions write two groups in opposite order, and check
// them at the same moment: one by one, each has the first group by then.
func (d *database) opposite() []string {
	d.t.Helper()
	// A trigger of the test in front of the check holds both up in the middle of
	// what they do at their end.
	d.run(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1, 1); RETURN NULL; END $$`,
		`CREATE CONSTRAINT TRIGGER a_hold AFTER INSERT ON slot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.page < 0) EXECUTE FUNCTION hold()`,
		`SELECT pg_advisory_lock(1, 1)`)
	ends := make([]string, 2)
	var group sync.WaitGroup
	for i, pages := range [][2]int{{2, 3}, {3, 2}} {
		c := connect(d.t, d.url)
		group.Go(func() {
			_, err := c.Exec(d.t.Context(), fmt.Sprintf(`BEGIN; INSERT INTO slot VALUES (%[1]d, %[2]d); INSERT INTO slot VALUES (%[1]d + 1, -1 - %[1]d);
				INSERT INTO slot VALUES (%[1]d + 2, %[3]d); COMMIT`, i*10, pages[0], pages[1]))
			ends[i] = code(err)
		})
	}
	d.wait(`SELECT (count(*) = 2)::text FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	d.run(`SELECT pg_advisory_unlock(1, 1)`)
	group.Wait()
	return ends
}

// wait returns once a query says true.
func (d *database) wait(sql string) {
	d.t.Helper()
	for d.one(sql) != "true" {
		require.NoError(d.t, d.t.Context().Err())
		time.Sleep(time.Millisecond)
	}
}

// A foreign key has its parent FOR KEY SHARE, which FOR UPDATE would wait for:
// two that insert would always end in a deadlock.
func lockBesideForeignKeys(t *testing.T) {
	for _, isolation := range []string{"read_committed", "any"} {
		for _, level := range allLevels {
			d := newDatabase(t)
			d.install(pizzasWith(t, "level", level, "isolation", isolation))
			bakeVegan(d)
			d.run(`DELETE FROM pizza_topping WHERE topping_id = 1`)
			assert.Empty(t, d.race(racer{rc, topping(6)}, racer{rc, topping(7)}), level)
			assert.Equal(t, "5", d.one(`SELECT count(*)::text FROM pizza_topping WHERE pizza_id = 1`))
			assert.Equal(t, "23514", d.race(racer{rc, `DELETE FROM pizza_topping WHERE pizza_id = 2`}, racer{rc, topping(8)}), level)
		}
	}
}

// Every pizza has a topping: what takes the last one away, in whichever way.
func atLeastOne(t *testing.T) {
	for _, level := range []string{"row", "deferred_bulk"} {
		h := newHistory(t, `
model "pizza" {
  field "name" { type = text }
  constraint_trigger "topped" {
    query {
      annotate = { n = count(pizza_topping) }
      filter   = n < 1
    }
    error = "Bare."
    level = `+level+`
  }
}
model "pizza_topping" {
  field "pizza" {
    type      = foreign_key(pizza)
    on_delete = cascade
  }
}`)
		h.run(`BEGIN; INSERT INTO pizza VALUES (1, 'a'), (2, 'b'); INSERT INTO pizza_topping VALUES (1, 1), (2, 2), (3, 2); COMMIT`)
		h.refuses("Bare.",
			`DELETE FROM pizza_topping WHERE id = 1`,
			`UPDATE pizza_topping SET pizza_id = 2 WHERE id = 1`,
			`INSERT INTO pizza VALUES (3, 'c')`,
			`TRUNCATE pizza_topping`)
		h.accepts(`DELETE FROM pizza_topping WHERE id = 2`, `DELETE FROM pizza`, `TRUNCATE pizza, pizza_topping`,
			`INSERT INTO pizza VALUES (3, 'c'); INSERT INTO pizza_topping VALUES (4, 3)`, `UPDATE pizza_topping SET pizza_id = 1 WHERE id = 2`)
		assert.Equal(t, "23514", h.race(racer{rc, `DELETE FROM pizza_topping WHERE id = 2`}, racer{rc, `DELETE FROM pizza_topping WHERE id = 3`}), level)
	}
}

// Values that are equal are one key, however they are written.
func equalKeys(t *testing.T) {
	for _, level := range allLevels {
		d := newDatabase(t)
		d.run(`CREATE EXTENSION citext SCHEMA public`, `CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`)
		p := &project{}
		p.model(t, "pizza")
		p.model(t, "a", field{name: "k", typ: "numeric", null: true})
		p.model(t, "b", field{name: "k", typ: "citext", null: true})
		p.model(t, "c", field{name: "k", typ: "text", collate: "any_case"}, field{name: "l", typ: "integer", null: true})
		for _, m := range []string{"a", "b", "c"} {
			values := nodes(path(fieldAt(m, "k")))
			if m == "c" {
				values = append(values, path(fieldAt(m, "l")))
			}
			p.constraint(t, m, "once", "Twice.", expression.Query{
				Values: values, Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("1"))),
			}, "level", level)
		}
		d.install(p)
		for _, pair := range []pair{
			{`INSERT INTO a VALUES (1, 1.0)`, `INSERT INTO a VALUES (2, 1.00)`},
			{`INSERT INTO a VALUES (3, NULL)`, `INSERT INTO a VALUES (4, NULL)`},
			{`INSERT INTO b VALUES (1, 'x')`, `INSERT INTO b VALUES (2, 'X')`},
			{`INSERT INTO c VALUES (1, 'x', 1)`, `INSERT INTO c VALUES (2, 'X', 1)`},
			{`INSERT INTO c VALUES (3, 'y', NULL)`, `INSERT INTO c VALUES (4, 'Y', NULL)`},
		} {
			assert.Equal(t, "23514", d.race(racer{rc, pair.first}, racer{rc, pair.second}), "%s: %s", level, pair.second)
		}
	}
}

// A lock for each key fills the lock table of the server.
func manyKeys(t *testing.T) {
	d := newDatabase(t)
	p := &project{}
	p.model(t, "slot", field{name: "page", typ: "integer"})
	for _, level := range allLevels {
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

// Names shadowed by temporary tables, rows hidden by policies even from the
// owner, writers without rights.
func tempTablesAndRowRights(t *testing.T) {
	for _, level := range allLevels {
		d := newDatabase(t)
		d.install(pizzasWith(t, "level", level, "isolation", "any"))
		bakeVegan(d)
		role := d.cook(level)
		defer d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
		d.run(`ALTER TABLE pizza_topping ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
			`CREATE POLICY p ON pizza_topping FOR INSERT WITH CHECK (true)`)
		d.refuses("More than 5", `CREATE TEMP TABLE pizza_topping (pizza_id int, topping_id int); SET LOCAL ROLE `+role+
			`; INSERT INTO public.pizza_topping (id, pizza_id, topping_id) VALUES (100, 1, 6), (101, 1, 7)`)
		d.refuses("More than 5", `CREATE FUNCTION pg_temp.count(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint'; SET LOCAL search_path = pg_temp, pg_catalog; SET LOCAL ROLE `+role+
			`; INSERT INTO public.pizza_topping (id, pizza_id, topping_id) VALUES (100, 1, 6), (101, 1, 7)`)
	}
}

// cook makes a role that may insert toppings, and nothing else.
func (d *database) cook(name string) string {
	d.t.Helper()
	role := fmt.Sprintf("cook_%s_%s", name, d.one(`SELECT oid::text FROM pg_database WHERE datname = current_database()`))
	d.run(`CREATE ROLE `+role, `GRANT USAGE ON SCHEMA public TO `+role, `GRANT INSERT ON pizza_topping TO `+role)
	return role
}

// Apostrophes, dollar quotes and capitals in names and texts, and names that are
// the same in their first 63 bytes.
func hostileNames(t *testing.T) {
	d := newDatabase(t)
	d.run(`CREATE SCHEMA "My ""App"""`)
	p := &project{}
	m := `it's $whimbrel$ "new"`
	p.model(t, `My "App"|`+m, field{name: "found", column: `NEW`, typ: "integer"}, field{name: "select", column: `Wh"ere $$`, typ: "text", null: true})
	long := strings.Repeat("größer", 12)
	labels := []string{`can't`, `can"t`, "$$", "Mixed Case", long + " 1", long + " 2"}
	for i, label := range labels {
		p.constraint(t, m, label, `it's $whimbrel$ 50% \ "off" `+label, expression.Query{
			Where:    nodes(op("==", path(fieldAt(m, "found")), number(fmt.Sprint(i)))),
			Values:   nodes(path(fieldAt(m, "select")), path(fieldAt(m, "found"))),
			Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("1"))),
		}, "hint", "don't\nplease", "level", allLevels[i%3], "isolation", []string{"any", "read_committed"}[i%2])
	}
	ops := d.install(p)
	table := `"My ""App"""."it's $whimbrel$ ""new"""`
	for i, label := range labels {
		d.refuses(`it's $whimbrel$ 50% \ "off" `+label, fmt.Sprintf(`INSERT INTO %s VALUES (1, %d, 'a'), (2, %d, 'a')`, table, i, i),
			fmt.Sprintf(`INSERT INTO %s VALUES (1, %d, NULL), (2, %d, NULL)`, table, i, i))
	}
	d.accepts(`INSERT INTO ` + table + ` VALUES (1, 1, 'a'), (2, 2, 'a'), (3, 2, NULL), (4, 1, NULL)`)
	assert.Equal(t, "true", d.one(`SELECT (max(octet_length(proname)) < 63 AND count(DISTINCT proname) = count(*))::text FROM pg_proc WHERE proname LIKE 'ct%'`))
	d.down(ops)
	assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM pg_proc WHERE pronamespace = '"My ""App"""'::regnamespace`))
	assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM pg_class WHERE relkind = 'r' AND relnamespace = '"My ""App"""'::regnamespace`))
}

// A book is what the models of a scenario look like at one time.
type book struct {
	page, number, weight, state, closed string // names
	numberType, weightType              string
	level, more                         string
}

func (b book) models() string {
	filter, state := "!shelf."+b.closed, ""
	if b.state != "" {
		filter += " && " + b.state + ` != "draft"`
		state = `field "` + b.state + `" {
    type    = text
    default = "new"
  }`
	}
	return strings.NewReplacer("PAGE", b.page, "NUMBER", b.number, "NTYPE", b.numberType, "WEIGHT", b.weight, "WTYPE", b.weightType,
		"CLOSED", b.closed, "WAS_CLOSED", was(b.closed, "closed"), "WAS_PAGE", was(b.page, "page"), "WAS_BOOK", was(b.number, "book"),
		"FILTER", filter, "STATE", state, "LEVEL", b.level, "MORE", b.more).Replace(`
model "shelf" {
  field "CLOSED" {
    type = boolean
    WAS_CLOSED
  }
}
model "PAGE" {
  WAS_PAGE
  field "shelf" { type = foreign_key(shelf) }
  field "NUMBER" {
    type = NTYPE
    WAS_BOOK
  }
  field "WEIGHT" { type = WTYPE }
  STATE
  MORE
  constraint_trigger "sum" {
    query {
      filter   = FILTER
      values   = [NUMBER]
      annotate = { total = sum(WEIGHT) }
      filter   = total > 10
    }
    error = "Too much."
    LEVEL
  }
}`)
}

// was says that something had another name.
func was(name, before string) string {
	if name == before {
		return ""
	}
	return `renamed_from = "` + before + `"`
}

// insert returns what adds a page.
func (b book) insert(number, weight int) string {
	return fmt.Sprintf(`INSERT INTO %s (shelf_id, %s, %s) VALUES (1, %d, %d)`, b.page, b.number, b.weight, number, weight)
}

// changes are what happens to a book, one after the other.
var changes = []struct {
	name string
	make func(*book)
}{
	{"type of a key", func(b *book) { b.numberType = "bigint" }},
	{"type of a summand", func(b *book) { b.weightType = "numeric" }},
	{"rename of a key", func(b *book) { b.number = "volume" }},
	{"rename of the table", func(b *book) { b.page = "sheet" }},
	{"rename of a column that is only in the body", func(b *book) { b.closed = "locked" }},
	{"drop of a column of the condition", func(b *book) { b.state = "" }},
	{"another column", func(b *book) { b.more = "field \"note\" {\n    type = text\n    null = true\n  }" }},
}

// A session that has its plans already inserts before and after each change, and
// on the way back.
func changesUnderWarmSessions(t *testing.T) {
	for _, level := range []string{"level = row", "level = statement", "level = deferred_bulk", "level = deferred_bulk\n isolation = any"} {
		b := book{"page", "book", "weight", "state", "closed", "integer", "integer", level, ""}
		h := newHistory(t, b.models())
		h.run(`INSERT INTO shelf VALUES (1, false), (2, true)`)
		warm := connect(t, h.url)
		use := func(b book, what string) {
			t.Helper()
			for range 6 {
				_, err := warm.Exec(t.Context(), b.insert(1, 1), pgx.QueryExecModeSimpleProtocol)
				require.NoError(t, err, "%s: %s", level, what)
				_, err = warm.Exec(t.Context(), "DELETE FROM "+b.page)
				require.NoError(t, err)
			}
			_, err := warm.Exec(t.Context(), b.insert(1, 6)+"; "+b.insert(1, 5))
			require.ErrorContains(t, err, "Too much.", "%s: %s", level, what)
			_, err = warm.Exec(t.Context(), fmt.Sprintf("%s; %s; UPDATE %s SET %s = %[4]s + 1", b.insert(1, 5), b.insert(1, 5), b.page, b.weight))
			require.ErrorContains(t, err, "Too much.", "%s: %s", level, what)
		}
		books := []book{b}
		use(b, "first")
		for _, c := range changes {
			c.make(&b)
			h.migrate(b.models())
			use(b, c.name)
			books = append(books, b)
		}
		for i := len(changes) - 1; i >= 0; i-- {
			h.rollback()
			use(books[i], "back: "+changes[i].name)
		}
	}
}

// Rows are written, and the schema is changed behind them in the same
// transaction: a check that is still due stands in the way of ALTER TABLE, unless
// it is done first.
func dataAndSchemaAtOnce(t *testing.T) {
	for _, level := range allLevels {
		b := book{"page", "book", "weight", "state", "closed", "integer", "integer", "level = " + level, ""}
		first := b
		h := newHistory(t, b.models())
		h.run(`INSERT INTO shelf VALUES (1, false)`)
		for i, c := range changes[:len(changes)-1] { // another column concerns no trigger
			before := b
			c.make(&b)
			h.migrate(b.models(), before.insert(i, 6), fmt.Sprintf("UPDATE %s SET %s = %[2]s + 1 WHERE %s = %d", before.page, before.weight, before.number, i))
			h.refuses("Too much.", b.insert(i, 4))
		}
		for i := len(changes) - 2; i >= 0; i-- {
			h.rollback()
		}
		// What is due and fails, fails before anything is changed.
		h.plan(strings.Replace(first.models(), "Too much.", "Far too much.", 1))
		_, err := h.Exec(t.Context(), "BEGIN; INSERT INTO page (shelf_id, book, weight) VALUES (1, 77, 11); "+statements(h.steps[len(h.steps)-1][0].Up))
		require.Equal(t, "23514", code(err), level)
		h.run("ROLLBACK")
	}
}

// Rows that break a constraint before it is there.
func existingRows(t *testing.T) {
	model := func(more string) string {
		return `
model "slot" {
  field "page" {
    type = integer
    null = true
  }
  field "kind" { type = text }
  ` + more + `
}`
	}
	constraint := func(argument string) string {
		return model(`constraint_trigger "once" {
    query {
      values   = [kind, page]
      annotate = { n = count() }
      filter   = n > 1
    }
    error = "Twice."
    ` + argument + `
  }`)
	}
	h := newHistory(t, model(""))
	h.run(`INSERT INTO slot (page, kind) SELECT nullif(i / 2, 2), 'it''s' FROM generate_series(2, 20) i`)
	fails := func(detail string) {
		t.Helper()
		var refused *pgconn.PgError
		require.ErrorAs(t, h.try(statements(h.steps[len(h.steps)-1][0].Up)), &refused)
		assert.Equal(t, []string{"Twice.", "slot_once", "slot", "public"}, []string{refused.Message, refused.ConstraintName, refused.TableName, refused.SchemaName})
		assert.Regexp(t, detail, refused.Detail)
	}
	require.Len(t, h.plan(constraint("")), 1)
	fails(`^Rows that break it have \(kind, page\) = (\(it's, (\d+|NULL)\), ){5}\.\.\.\.$`)
	assert.Equal(t, "0", h.one(`SELECT count(*)::text FROM pg_trigger`), "nothing is left")
	h.steps, h.states = h.steps[:1], h.states[:2]

	h.migrate(constraint("validate = false"))
	h.refuses("Twice.", `INSERT INTO slot (page, kind) VALUES (9, 'it''s')`, `INSERT INTO slot (page, kind) VALUES (NULL, 'it''s')`)
	h.accepts(`INSERT INTO slot (page, kind) VALUES (99, 'it''s')`, `UPDATE slot SET kind = kind`)
	require.Len(t, h.plan(constraint("")), 1)
	require.Equal(t, "triggers.validate_constraint_trigger", h.steps[2][0].Kind)
	fails(`^Rows that break it have`)
	h.run(`DELETE FROM slot WHERE page <> 5 OR page IS NULL`)
	fails(`^Rows that break it have \(kind, page\) = \(it's, 5\)\.$`)
	h.run(`DELETE FROM slot WHERE ctid = (SELECT min(ctid) FROM slot)`, `BEGIN`)
	h.up(h.steps[2])
	h.run(`COMMIT`)
	h.refuses("Twice.", `INSERT INTO slot (page, kind) VALUES (5, 'it''s')`)
	h.rollback()
	h.rollback()
	assert.Equal(t, "0", h.one(`SELECT count(*)::text FROM pg_trigger`))
}
