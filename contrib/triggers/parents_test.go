package triggers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// atOnce has constraint triggers checked now, and foreign keys at the end.
const atOnce = `DO $$ BEGIN EXECUTE (SELECT coalesce('SET CONSTRAINTS ' || string_agg(quote_ident(tgname), ', ') || ' IMMEDIATE', 'SELECT')
	FROM pg_trigger WHERE tgname LIKE 'ct%' AND tgdeferrable); END $$; `

// kitchen has parts of pizzas that refer to toppings, which are of a kind.
func kitchen(query, more, foreignKey string) string {
	return strings.NewReplacer("QUERY", query, "MORE", more, "FOREIGN", foreignKey).Replace(`
model "kind" {
  field "name" { type = text }
}
model "topping" {
  field "name" { type = text }
  field "kind" {
    type = foreign_key(kind)
    null = true
    FOREIGN
  }
}
model "part" {
  field "pizza" { type = integer }
  field "topping" {
    type = foreign_key(topping)
    FOREIGN
  }
  constraint_trigger "c" {
    query {
      QUERY
    }
    error = "REFUSED"
    MORE
  }
}`)
}

const kitchenRows = `INSERT INTO kind VALUES (1, 'veg'), (2, 'fruit'), (3, 'meat');
	INSERT INTO topping VALUES (1, 'Ham', 3), (2, 'Pineapple', 2), (3, 'Olive', 1), (5, 'Pineapple', 2); INSERT INTO part VALUES (1, 7, 1), (2, 7, 3)`

// moved are statements that put a pineapple in the place of the ham, and such as
// put another topping there. Keys of toppings are in no use but 1 and 3.
var (
	moved = []string{
		`UPDATE topping SET id = CASE id WHEN 1 THEN 11 ELSE 1 END WHERE id IN (1, 2)`,
		`UPDATE topping SET id = id - 1 WHERE id < 3`,
		`WITH d AS (DELETE FROM topping WHERE id = 1 RETURNING id) INSERT INTO topping SELECT id, 'Pineapple', 2 FROM d`,
	}
	movedWell = []string{
		`WITH d AS (DELETE FROM topping WHERE id = 1 RETURNING id) INSERT INTO topping SELECT id, 'Ham', 3 FROM d`,
		`UPDATE topping SET id = id + 10 WHERE name = 'Pineapple'`, `INSERT INTO topping VALUES (9, 'Pineapple', 2)`, `DELETE FROM topping WHERE name = 'Pineapple'`,
	}
	deferredly = []string{
		`DELETE FROM topping WHERE id = 1; INSERT INTO topping VALUES (1, 'Pineapple', 2)`,
		`UPDATE topping SET id = 0 WHERE id = 1; UPDATE topping SET id = 1 WHERE id = 2; UPDATE topping SET id = 2 WHERE id = 0`,
		`INSERT INTO part VALUES (3, 7, 50); INSERT INTO topping VALUES (50, 'Pineapple', 2)`,
		`INSERT INTO part VALUES (3, 7, 50); ` + atOnce + `INSERT INTO topping VALUES (50, 'Pineapple', 2)`,
		`INSERT INTO part VALUES (3, 7, 50); ` + atOnce + `UPDATE topping SET id = 50 WHERE id = 2`,
		`DELETE FROM topping WHERE id = 1; ` + atOnce + `INSERT INTO topping VALUES (1, 'Pineapple', 2)`,
		`DELETE FROM kind WHERE id = 2; UPDATE topping SET name = 'Pineapple' WHERE id = 1; INSERT INTO kind VALUES (2, 'fruit'); UPDATE topping SET kind_id = 2 WHERE id = 1`,
		`UPDATE topping SET name = 'Pineapple', kind_id = 60 WHERE id = 1; ` + atOnce + `INSERT INTO kind VALUES (60, 'fruit')`,
	}
	deferredlyWell = []string{
		`DELETE FROM topping WHERE id = 1; INSERT INTO topping VALUES (1, 'Ham', 3)`,
		`DELETE FROM topping WHERE id = 1; ` + atOnce + `INSERT INTO topping VALUES (1, 'Ham', 3)`,
		`INSERT INTO part VALUES (3, 7, 50); ` + atOnce + `INSERT INTO topping VALUES (50, 'Ham', 3)`,
	}
)

// pineapples are queries that say in different ways that there must be no
// pineapple, which is the fruit.
var noPineapple = map[string]string{
	"filter":    `filter = topping.name == "Pineapple" && topping.kind.name == "fruit"`,
	"exists":    `filter = exists(topping, id == outer(topping) && name == "Pineapple" && kind.name == "fruit")`,
	"of part":   `filter = id > 0 && exists(part, id == outer(id) && topping.name == "Pineapple" && topping.kind.name == "fruit")`,
	"of pizzas": `filter = exists(part, pizza == outer(pizza) && topping.name == "Pineapple" && topping.kind.name == "fruit")`,
	"counted": `values   = [pizza]
      annotate = { n = filtered(count(), topping.name == "Pineapple" && topping.kind.name == "fruit") }
      filter   = n > 0`,
	"by topping": `values   = [topping]
      annotate = { n = filtered(count(), topping.name == "Pineapple" && topping.kind.name == "fruit") }
      filter   = n > 0`,
	"by name": `values   = [topping.name, topping.kind.name]
      annotate = { n = count() }
      filter   = topping.name == "Pineapple" && topping.kind.name == "fruit"`,
	"a key": `filter = in(topping, select(topping, id, name == "Pineapple" && kind.name == "fruit"))`,
}

// TestQuery_parents: another row takes the place of one that rows refer to.
func TestQuery_parents(t *testing.T) {
	t.Parallel()
	cases := map[string]queryCase{}
	for name, query := range noPineapple {
		for _, level := range []string{"row", "statement"} {
			cases[name+", "+level] = queryCase{
				models: kitchen(query, "level = "+level, ""), rows: kitchenRows, refused: moved, accepted: movedWell,
			}
		}
		for _, level := range []string{"row", "deferred_bulk"} {
			cases[name+", deferred, "+level] = queryCase{
				models: kitchen(query, "level = "+level, "deferrable = deferred"), rows: kitchenRows,
				refused: slices.Concat(moved, deferredly), accepted: slices.Concat(movedWell, deferredlyWell),
			}
		}
	}
	checkQueries(t, cases)
}

// TestQuery_three_tables: what a customer may order, by the prices of products.
func TestQuery_three_tables(t *testing.T) {
	t.Parallel()
	models := `
model "product" {
  field "price" { type = integer }
}
model "customer" {
  field "most" { type = integer }
  constraint_trigger "c" {
    query {
      annotate = { total = sum(ord.line.qty * ord.line.product.price) }
      filter   = total > most || total < 5
    }
    error = "REFUSED"
    MORE
  }
}
model "ord" {
  field "customer" { type = foreign_key(customer) }
}
model "line" {
  field "ord" {
    type      = foreign_key(ord)
    on_delete = cascade
  }
  field "qty"     { type = integer }
  field "product" { type = foreign_key(product) }
}`
	rows := `BEGIN; INSERT INTO product VALUES (1, 10), (2, 100), (3, 1), (4, 100); INSERT INTO customer VALUES (1, 50), (2, 1000), (3, 1);
		INSERT INTO ord VALUES (1, 1), (2, 1), (3, 2); INSERT INTO line VALUES (1, 1, 2, 1), (2, 2, 20, 3), (3, 3, 5, 2), (5, 3, 4, 3); COMMIT`
	cases := map[string]queryCase{}
	for _, level := range allLevels {
		cases[level] = queryCase{
			models: strings.Replace(models, "MORE", "level = "+level, 1), rows: rows,
			refused: []string{
				`UPDATE product SET price = 16 WHERE id = 1`, `UPDATE line SET qty = 6 WHERE id = 1`, `UPDATE line SET product_id = 2 WHERE id = 1`,
				`UPDATE ord SET customer_id = 1 WHERE id = 3`, `UPDATE ord SET customer_id = 1`, `UPDATE customer SET most = 30 WHERE id = 1`,
				`INSERT INTO line VALUES (4, 2, 20, 3)`, `DELETE FROM line WHERE id = 3`,
				`WITH d AS (DELETE FROM product WHERE id = 3 RETURNING id) INSERT INTO product SELECT id, 2 FROM d`,
				`WITH d AS (DELETE FROM product WHERE id = 2 RETURNING id) INSERT INTO product SELECT id, 0 FROM d`,
				`UPDATE product SET id = CASE id WHEN 1 THEN 9 ELSE 1 END WHERE id IN (1, 4)`,
				`UPDATE customer SET id = id - 1`, // the orders of 2 are those of who was 3
				`UPDATE line SET ord_id = 1 WHERE id = 3`, `UPDATE line SET qty = 0 WHERE id = 3`,
			},
			accepted: []string{
				`UPDATE product SET price = 15 WHERE id = 1`, `INSERT INTO product VALUES (9, 1000000)`,
				`UPDATE ord SET customer_id = 2`, `DELETE FROM ord WHERE id = 1`, `DELETE FROM line WHERE id = 1`, `UPDATE customer SET most = 1000`,
				`TRUNCATE line`, `DELETE FROM ord WHERE id = 3`, // the sum of nothing is NULL
				`WITH d AS (DELETE FROM product WHERE id = 3 RETURNING id) INSERT INTO product SELECT id, 1 FROM d`,
			},
		}
	}
	checkQueries(t, cases)
}

func TestRace_parents(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"filter", "counted", "by name"} {
		raceParents(t, "isolation = read_committed", name, "", [][2]string{{rc, rc}})
		raceParents(t, "isolation = read_committed", name, "deferrable = deferred", [][2]string{{rc, rc}})
		raceParents(t, "isolation = any", name, "", [][2]string{{rc, rr}, {rr, rr}, {rr, rc}})
	}
}

// raceParents has somebody refer to a topping in whose place somebody else puts a
// pineapple.
func raceParents(t *testing.T, isolation, query, foreignKey string, levels [][2]string) {
	h := newHistory(t, kitchen(noPineapple[query], isolation, foreignKey)+"\nmodel \"pizza\" {}")
	fruit := `WITH d AS (DELETE FROM kind WHERE id = 3 RETURNING id) INSERT INTO kind SELECT id, 'fruit' FROM d`
	for _, p := range []pair{
		{`UPDATE topping SET name = 'Pineapple' WHERE id = 1`, fruit}, // which does not refer to it anew
		{fruit, `UPDATE topping SET name = 'Pineapple' WHERE id = 1`},
		{`UPDATE kind SET id = CASE id WHEN 3 THEN 13 ELSE 3 END WHERE id IN (3, 4)`, `UPDATE topping SET name = 'Pineapple' WHERE id = 1`},
		{`INSERT INTO part VALUES (3, 7, 3)`, `WITH d AS (DELETE FROM topping WHERE id = 3 RETURNING id) INSERT INTO topping SELECT id, 'Pineapple', 2 FROM d`},
		{`WITH d AS (DELETE FROM topping WHERE id = 9 RETURNING id) INSERT INTO topping SELECT id, 'Pineapple', 2 FROM d`, `INSERT INTO part VALUES (3, 7, 9)`},
		{`INSERT INTO part VALUES (3, 7, 9)`, `UPDATE topping SET id = CASE id WHEN 9 THEN 19 ELSE 9 END WHERE id IN (9, 10)`},
	} {
		for _, l := range levels {
			h.run(`TRUNCATE part, topping, kind`, kitchenRows+`; DELETE FROM part WHERE topping_id = 3; INSERT INTO topping VALUES (9, 'Basil', 1), (10, 'Pineapple', 2); INSERT INTO kind VALUES (4, 'fruit')`)
			got := h.race(racer{l[0], p.first}, racer{l[1], p.second})
			message := fmt.Sprintf("%s %s %s %s: %s, then %s", isolation, query, foreignKey, l, p.first, p.second)
			assert.Contains(t, []string{"23514", "23503", "40001"}, got, message)
			assert.Equal(t, "0", h.one(`SELECT count(*)::text FROM part p JOIN topping t ON t.id = topping_id JOIN kind k ON k.id = kind_id
				WHERE t.name = 'Pineapple' AND k.name = 'fruit'`), message)
		}
	}
}

// A row that refers to one that is not there yet is checked at once. Who inserts
// that one waits, as he does not see who refers to it.
func TestRace_parent_comes_later(t *testing.T) {
	t.Parallel()
	for name, query := range noPineapple {
		h := newHistory(t, kitchen(query, "", "deferrable = deferred"))
		h.run(kitchenRows)
		first, second := connect(t, h.url), connect(t, h.url)
		_, err := first.Exec(t.Context(), `BEGIN; INSERT INTO part VALUES (3, 7, 50); `+atOnce)
		require.NoError(t, err, name)
		done := make(chan error, 1)
		go func() {
			_, err := second.Exec(t.Context(), `INSERT INTO topping VALUES (50, 'Pineapple', 2)`)
			done <- err
		}()
		h.wait(fmt.Sprintf(`SELECT (cardinality(pg_blocking_pids(%d)) > 0 OR EXISTS (SELECT FROM topping WHERE id = 50))::text`, second.PgConn().PID()))
		_, err = first.Exec(t.Context(), `COMMIT`)
		assert.Equal(t, "23503", code(err), name)
		assert.NoError(t, <-done, name)
	}
}
