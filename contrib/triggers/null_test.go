package triggers_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// warehouse has lines whose sku can be NULL.
const warehouse = `
model "kind" {
  field "good" { type = boolean }
}
model "stock" {
  field "sku" {
    type = text
    null = true
  }
  field "shop" {
    type    = integer
    default = 1
  }
  field "kind" {
    type = foreign_key(kind)
    null = true
  }
}
model "item" {
  field "code" { type = text }
}
model "line" {
  field "sku" {
    type = text
    null = true
  }
  field "shop" {
    type    = integer
    default = 1
  }
  field "item" {
    type = foreign_key(item)
    null = true
  }
  constraint_trigger "known" {
    QUERY
    error = "REFUSED"
    MORE
  }
}`

func lineModels(query, more string) string {
	return strings.NewReplacer("QUERY", query, "MORE", more).Replace(warehouse)
}

// TestQuery_null: NULL is in no set, and !in is true of it where the set is empty.
func TestQuery_null(t *testing.T) {
	t.Parallel()
	rows := `ALTER SEQUENCE line_id_seq RESTART 100; ALTER SEQUENCE stock_id_seq RESTART 100;
		INSERT INTO kind VALUES (1, true), (2, false), (3, true); INSERT INTO stock (id, sku, kind_id) VALUES (1, 'a', 1), (2, 'b', 3), (3, NULL, 1);
		INSERT INTO line (id, sku) VALUES (1, NULL)`
	emptied := []string{
		`DELETE FROM stock`, `DELETE FROM stock WHERE sku IS NOT NULL`, `UPDATE stock SET sku = NULL`, `TRUNCATE stock`,
		`DELETE FROM stock WHERE id = 1; UPDATE stock SET sku = NULL`, `DELETE FROM stock; INSERT INTO stock (sku) VALUES (NULL)`,
	}
	left := []string{
		`DELETE FROM stock WHERE id = 1`, `DELETE FROM stock WHERE id <> 2`, `UPDATE stock SET sku = 'z'`, `DELETE FROM stock; DELETE FROM line`,
		`DELETE FROM stock; INSERT INTO stock (sku) VALUES ('c')`, `INSERT INTO line (sku) VALUES (NULL), ('b')`,
	}
	ungood := []string{`UPDATE kind SET good = false`, `UPDATE stock SET kind_id = 2`, `UPDATE stock SET kind_id = NULL`, `DELETE FROM stock WHERE id = 1; UPDATE kind SET good = false WHERE id = 3`}
	cases := map[string]queryCase{
		"all": {
			models: lineModels(`query { filter = !in(sku, select(stock, sku, true)) }`, ""), rows: rows,
			refused: append([]string{`INSERT INTO line (sku) VALUES ('x')`}, emptied...), accepted: left,
		},
		"through a foreign key": {
			models: lineModels(`query { filter = !in(sku, select(stock, sku, kind.good)) }`, ""), rows: rows,
			refused:  append(append([]string{`INSERT INTO line (sku) VALUES ('x')`}, emptied[:5]...), ungood...),
			accepted: []string{left[0], left[1], left[3], `UPDATE kind SET good = false WHERE id = 1`},
		},
		"of each shop": {
			models: lineModels(`query { filter = !in(sku, select(stock, sku, shop == outer(shop))) }`, ""), rows: rows,
			refused:  append([]string{`INSERT INTO line (shop) VALUES (2)`, `UPDATE stock SET shop = 2`, `UPDATE line SET shop = 2`}, emptied...),
			accepted: append([]string{`UPDATE stock SET shop = 2 WHERE id = 1`}, left...),
		},
		"of other shops": {
			models: lineModels(`query { filter = !in(sku, select(stock, sku, shop != outer(shop) + 1)) }`, ""), rows: rows,
			refused:  append([]string{`UPDATE stock SET shop = 2`, `UPDATE line SET shop = 0`}, emptied...),
			accepted: append([]string{`UPDATE stock SET shop = 2 WHERE id = 1`}, left...),
		},
		"in groups": {
			models: lineModels(`query {
      filter   = !in(sku, select(stock, sku))
      values   = [shop]
      annotate = { n = count() }
      filter   = n > 0
    }`, ""), rows: rows,
			refused: append([]string{`INSERT INTO line (sku) VALUES ('x')`}, emptied...), accepted: left,
		},
		"of an item": {
			models:  lineModels(`query { filter = !in(item.code, select(stock, sku)) }`, ""),
			rows:    rows + `; INSERT INTO item VALUES (1, 'a')`,
			refused: append([]string{`INSERT INTO item VALUES (2, 'x'); INSERT INTO line (item_id) VALUES (2)`}, emptied...), accepted: left[:3],
		},
		"in a subquery": {
			models: lineModels(`query { filter = shop == 1 && exists(line, id == outer(id) && !in(sku, select(stock, sku))) }`, ""), rows: rows,
			refused: append([]string{`INSERT INTO line (sku) VALUES ('x')`}, emptied...), accepted: left,
		},
		"or something": {
			models: lineModels(`query { filter = shop > 5 || !in(sku, select(stock, sku)) }`, ""), rows: rows,
			refused: append([]string{`INSERT INTO line (sku, shop) VALUES ('a', 6)`}, emptied...), accepted: left,
		},
		"unless it is NULL": {
			models: lineModels(`query { filter = sku != null && !in(sku, select(stock, sku)) }`, ""), rows: rows,
			refused:  []string{`INSERT INTO line (sku) VALUES ('x')`, `INSERT INTO line (sku) VALUES ('a'); DELETE FROM stock WHERE id = 1`},
			accepted: append(append([]string{}, emptied...), left...),
		},
		"counted without those in it": {
			models: lineModels(`query {
      filter   = !in(sku, select(stock, sku))
      values   = [shop]
      annotate = { n = sum(id) }
      filter   = n != 1
    }`, ""),
			rows: `ALTER SEQUENCE line_id_seq RESTART 100; BEGIN; INSERT INTO line (id, sku) VALUES (1, 'z'), (2, 'a'); INSERT INTO stock (sku) VALUES ('a'); INSERT INTO line (id) VALUES (7); COMMIT`,
			refused: []string{
				`DELETE FROM stock`, `INSERT INTO stock (sku) VALUES ('z'); DELETE FROM stock WHERE sku = 'a'`, `INSERT INTO line (id, sku) VALUES (9, 'y')`,
			},
			accepted: []string{`INSERT INTO stock (sku) VALUES ('z')`, `DELETE FROM line WHERE id > 1; DELETE FROM stock`},
		},
	}
	for _, level := range allLevels[1:] {
		c := cases["all"]
		c.models = lineModels(`query { filter = !in(sku, select(stock, sku, true)) }`, "level = "+level)
		c.accepted = left[:3] // each of one statement
		cases["all, "+level] = c
	}
	checkQueries(t, cases)
}

// Two who take one row each leave a set empty, or one who takes the last and one
// who asks whether NULL is in it.
func TestRace_null(t *testing.T) {
	t.Parallel()
	for _, isolation := range []string{"read_committed", "any"} {
		h := newHistory(t, lineModels(`query { filter = !in(sku, select(stock, sku, true)) }`, "isolation = "+isolation)+"\nmodel \"pizza\" {}")
		for _, p := range []pair{
			{`DELETE FROM stock WHERE sku = 'a'`, `DELETE FROM stock WHERE sku = 'b'`},
			{`DELETE FROM stock WHERE sku = 'a'`, `UPDATE stock SET sku = NULL WHERE sku = 'b'`},
			{`DELETE FROM line; DELETE FROM stock`, `INSERT INTO line (sku) VALUES (NULL)`},
			{`INSERT INTO line (sku) VALUES (NULL)`, `DELETE FROM line; DELETE FROM stock`},
			{`INSERT INTO line (sku) VALUES ('a')`, `DELETE FROM line; DELETE FROM stock`},
		} {
			for _, l := range [][2]string{{rc, rc}, {rr, rr}, {rc, rr}} {
				want := "23514"
				if l[1] == rr {
					want = "40001"
				}
				if isolation != "any" && l[1] == rr {
					continue // refused at once
				}
				h.run(`TRUNCATE stock, line`, `BEGIN; INSERT INTO stock (sku) VALUES ('a'), ('b'); INSERT INTO line (sku) VALUES (NULL); COMMIT`)
				assert.Equal(t, want, h.race(racer{l[0], p.first}, racer{l[1], p.second}), "%s, %s: %s, then %s", isolation, l, p.first, p.second)
			}
		}
	}
}
