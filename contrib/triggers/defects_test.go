package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// TestDefects are what a constraint trigger of others does wrong, each with a
// test that these do not.
func TestDefects(t *testing.T) {
	t.Parallel()
	for name, defect := range map[string]func(*testing.T){
		"A1_whole_table_query_per_row":        readsNoTable,
		"A2_no_locks":                         takesLocks,
		"A3_only_its_own_inserts_and_updates": watchesEverything,
		"A4_quotes_in_texts":                  quotesTexts,
		"A5_temporary_table_of_the_same_name": ignoresTemporaryTables,
		"A6_row_security_and_missing_rights":  needsNoRights,
		"A7_name_after_table_rename":          dropsAfterRename,
		"A8_existing_rows_not_checked":        checksExistingRows,
		"A9_error_names_no_constraint":        namesConstraint,
		"A10_sql_of_the_day":                  keepsSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defect(t)
		})
	}
}

// However many rows there are, a check reads those of its group only.
func readsNoTable(t *testing.T) {
	for _, level := range allLevels {
		for _, most := range []string{"count", "sum"} { // the one stops at the sixth row, the other adds them up
			d := newDatabase(t)
			p := &project{}
			p.model(t, "page", field{name: "book", typ: "integer", null: true}, field{name: "kind", typ: "integer"})
			p.tables = append(p.tables, `CREATE INDEX ON page (book)`)
			p.constraint(t, "page", "cap", "Too many.", expression.Query{
				Values:   nodes(path(fieldAt("page", "book"))),
				Annotate: as("n", call(most, path(fieldAt("page", "kind")))), Having: nodes(op(">", name("n"), number("5"))),
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
}

func takesLocks(t *testing.T) {
	races(t, [][2]string{{rc, rc}}, sixth[:1])
}

// "No pineapple" is broken by a topping's new name, "at least one" by a topping
// less, in three ways, and by a pizza more.
func watchesEverything(t *testing.T) {
	h := newHistory(t, `
model "topping" {
  field "name" { type = text }
}
model "pizza" {
  constraint_trigger "topped" {
    query { filter = part == null }
    error = "Bare."
  }
}
model "part" {
  field "pizza"   { type = foreign_key(pizza) }
  field "topping" { type = foreign_key(topping) }
  constraint_trigger "no_pineapple" {
    query { filter = topping.name == "Pineapple" }
    error = "No pineapple."
  }
}`)
	h.run(`INSERT INTO topping VALUES (1, 'Ham'); BEGIN; INSERT INTO pizza VALUES (1), (2); INSERT INTO part VALUES (1, 1, 1), (2, 2, 1), (3, 2, 1); COMMIT`)
	h.refuses("No pineapple.", `UPDATE topping SET name = 'Pineapple'`)
	h.refuses("Bare.", `DELETE FROM part WHERE id = 1`, `UPDATE part SET pizza_id = 2`, `INSERT INTO pizza VALUES (3)`, `TRUNCATE part`)
	h.accepts(`DELETE FROM part WHERE id = 2`, `UPDATE topping SET name = 'Olive'`)
}

func quotesTexts(t *testing.T) {
	h := newHistory(t, `
model "item" {
  field "text" { type = text }
  constraint_trigger "can't $$" {
    query { filter = text == "$$ it's $whimbrel$ \\ %" }
    error = "It can't be $$ 50% \"off\" \\."
    hint  = "Don't $whimbrel$."
  }
}`)
	h.refuses(`It can't be $$ 50% "off" \.`, `INSERT INTO item VALUES (1, '$$ it''s $whimbrel$ \ %')`)
	h.accepts(`INSERT INTO item VALUES (1, '$$')`)
	h.rollback()
}

func ignoresTemporaryTables(t *testing.T) {
	d := newDatabase(t)
	d.install(pizzasWith(t))
	bakeVegan(d)
	shadow := `CREATE TEMP TABLE pizza_topping (pizza_id int, topping_id int); CREATE TEMP TABLE topping (LIKE public.topping); `
	d.refuses("More than 5", shadow+`INSERT INTO public.pizza_topping (pizza_id, topping_id) VALUES (1, 6), (1, 7)`)
	d.refuses("No pineapple", shadow+`UPDATE public.topping SET name = 'Pineapple'`)
}

func needsNoRights(t *testing.T) {
	d := newDatabase(t)
	d.install(pizzasWith(t))
	bakeVegan(d)
	role := d.cook("a6")
	defer d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
	d.run(`ALTER TABLE pizza_topping ENABLE ROW LEVEL SECURITY`, `CREATE POLICY p ON pizza_topping FOR INSERT WITH CHECK (true)`)
	d.refuses("More than 5", `SET LOCAL ROLE `+role+`; INSERT INTO pizza_topping (id, pizza_id, topping_id) VALUES (100, 1, 6), (101, 1, 7)`)
	d.accepts(`SET LOCAL ROLE ` + role + `; INSERT INTO pizza_topping (id, pizza_id, topping_id) VALUES (100, 1, 6)`)
}

// The name of a trigger on a table that was renamed is still found, on the way
// forward and on the way back.
func dropsAfterRename(t *testing.T) {
	for _, level := range allLevels {
		model := func(name, more string) string {
			return `
model "` + name + `" {
  field "n" { type = integer }
  ` + more + `
}`
		}
		cap := `constraint_trigger "cap" {
    query {
      values   = [n]
      annotate = { all = count() }
      filter   = all > 1
    }
    error     = "Twice."
    level     = ` + level + `
    isolation = any
  }`
		renamed := "renamed_from = \"item\"\n  "
		h := newHistory(t, model("item", cap), model("article", renamed+cap))
		h.refuses("Twice.", `INSERT INTO article VALUES (1, 1), (2, 1)`)
		h.migrate(model("article", ""))
		h.accepts(`INSERT INTO article VALUES (1, 1), (2, 1)`)
		left := `SELECT string_agg(relname, ' ') FROM pg_class WHERE relname LIKE 'ct%'`
		assert.Equal(t, "NULL", h.one(left))
		h.rollback()
		h.refuses("Twice.", `INSERT INTO article VALUES (1, 1), (2, 1)`)
		h.rollback()
		h.refuses("Twice.", `INSERT INTO item VALUES (1, 1), (2, 1)`)
		h.rollback()
		assert.Equal(t, "NULL", h.one(left))
	}
}

func checksExistingRows(t *testing.T) {
	d := newDatabase(t)
	p := &project{}
	p.model(t, "item", field{name: "n", typ: "integer"})
	d.run(p.tables...)
	d.run(`INSERT INTO item VALUES (7, 101)`)
	p.constraint(t, "item", "cap", "Too much.", expression.Query{Where: nodes(op(">", path(fieldAt("item", "n")), number("100")))})
	up := operations(t, nil, p.state())[0].Up
	var refused *pgconn.PgError
	require.ErrorAs(t, d.try(statements(up)), &refused)
	assert.Equal(t, []string{"23514", "Too much.", "Rows that break it have (id) = (7)."}, []string{refused.Code, refused.Message, refused.Detail})
	d.run(`UPDATE item SET n = 100`)
	d.accepts(statements(up))
}

// A driver maps the error to the constraint, whenever it is checked.
func namesConstraint(t *testing.T) {
	for _, level := range allLevels {
		d := newDatabase(t)
		d.install(pizzasWith(t, "level", level, "hint", "Take one off."))
		bakeVegan(d)
		for constraint, sql := range map[string]string{
			"at_most_5":    `INSERT INTO pizza_topping (pizza_id, topping_id) SELECT 1, i FROM generate_series(5, 6) i`,
			"no_pineapple": `UPDATE topping SET name = 'Pineapple' WHERE id = 1`,
		} {
			var refused *pgconn.PgError
			require.ErrorAs(t, d.try(sql), &refused)
			assert.Equal(t, []string{"23514", "public", "pizza_topping", "pizza_topping_" + constraint, "Take one off."},
				[]string{refused.Code, refused.SchemaName, refused.TableName, refused.ConstraintName, refused.Hint}, level)
		}
	}
}

// The SQL is text in the migration, the same each time, and says everything: an
// upgrade changes nothing that is written.
func keepsSQL(t *testing.T) {
	build := func() (text string) {
		for _, o := range operations(t, nil, pizzasWith(t, "level", "deferred_bulk").state()) {
			text += statements(o.Up) + statements(o.Down)
		}
		return text
	}
	assert.Equal(t, build(), build())
	p := pizzasWith(t)
	a := address.New(triggers.ConstraintKind, "shop", "pizza_topping", "at_most_5")
	up := statements(detectOne(t, nil, p.state(), a, false).Operations[0].Up)
	assert.Contains(t, up, "FROM public.pizza_topping AS t0")
	assert.NotContains(t, strings.ReplaceAll(up, "EXECUTE FUNCTION", ""), "EXECUTE", "no SQL is made when it runs")
}
