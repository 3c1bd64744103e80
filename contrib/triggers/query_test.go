package triggers_test

import (
	"testing"
)

// A queryCase is a query of the model language with rows, what it refuses then,
// and what it lets pass. The error of the constraint triggers is REFUSED.
type queryCase struct {
	models, rows      string
	refused, accepted []string
}

func (c queryCase) check(t *testing.T) {
	h := newHistory(t, c.models)
	h.run(c.rows)
	h.refuses("REFUSED", c.refused...)
	h.accepts(c.accepted...)
	h.rollback()
	h.run(`DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace); END $$`)
}

func checkQueries(t *testing.T, cases map[string]queryCase) {
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.check(t)
		})
	}
}

// TestQuery takes the model language's queries.
func TestQuery(t *testing.T) {
	t.Parallel()
	checkQueries(t, map[string]queryCase{
		"filtered": {
			models: `
model "topping" {
  field "vegan" { type = boolean }
}
model "part" {
  field "pizza"   { type = integer }
  field "topping" { type = foreign_key(topping) }
  constraint_trigger "c" {
    query {
      values   = [pizza]
      annotate = { meat = filtered(count(topping), !topping.vegan) }
      filter   = meat > 1
    }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO topping VALUES (1, true), (2, false), (3, false), (4, true); INSERT INTO part (pizza, topping_id) VALUES (1, 1), (1, 2), (1, 4), (2, 3)`,
			refused:  []string{`INSERT INTO part (pizza, topping_id) VALUES (1, 3)`, `UPDATE topping SET vegan = false WHERE id = 4`, `UPDATE part SET pizza = 2 WHERE topping_id = 2`},
			accepted: []string{`INSERT INTO part (pizza, topping_id) VALUES (1, 1)`, `UPDATE topping SET vegan = true`, `DELETE FROM part`},
		},
		"distinct_avg_min_max": {
			models: `
model "grade" {
  field "pupil"  { type = text }
  field "course" { type = integer }
  field "points" { type = integer }
  constraint_trigger "c" {
    query {
      values   = [pupil]
      annotate = { courses = count(distinct(course)), mean = avg(points), low = min(points), high = max(points) }
      filter   = courses > 2 || mean < 3 || high - low > 5
    }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO grade (pupil, course, points) VALUES ('a', 1, 5), ('a', 2, 5), ('b', 1, 3), ('b', 1, 3)`,
			refused:  []string{`INSERT INTO grade (pupil, course, points) VALUES ('a', 3, 5)`, `UPDATE grade SET points = 2 WHERE pupil = 'b'`, `UPDATE grade SET points = 11 WHERE course = 2`, `UPDATE grade SET pupil = 'c', points = 1 WHERE course = 2`},
			accepted: []string{`INSERT INTO grade (pupil, course, points) VALUES ('a', 2, 5)`, `DELETE FROM grade WHERE pupil = 'a' AND course = 1`},
		},
		"backwards_count": {
			models: `
model "pizza" {
  field "name" { type = text }
  constraint_trigger "c" {
    query {
      annotate = { n = count(pizza_topping) }
      filter   = n < 1 || n > 2
    }
    error = "REFUSED"
  }
}
model "pizza_topping" {
  field "pizza" {
    type      = foreign_key(pizza)
    on_delete = cascade
  }
}`,
			rows:     `BEGIN; INSERT INTO pizza VALUES (1, ''), (2, ''); INSERT INTO pizza_topping (pizza_id) VALUES (1), (2), (2); COMMIT`,
			refused:  []string{`INSERT INTO pizza VALUES (3, '')`, `DELETE FROM pizza_topping WHERE pizza_id = 1`, `UPDATE pizza_topping SET pizza_id = 1 WHERE pizza_id = 2`, `UPDATE pizza_topping SET pizza_id = 2 WHERE pizza_id = 1`, `TRUNCATE pizza_topping`, `INSERT INTO pizza_topping (pizza_id) VALUES (2)`},
			accepted: []string{`DELETE FROM pizza WHERE id = 1`, `INSERT INTO pizza VALUES (3, ''); INSERT INTO pizza_topping (pizza_id) VALUES (3)`, `TRUNCATE pizza, pizza_topping`},
		},
		"backwards_then_on": {
			models: `
model "topping" {
  field "name" { type = text }
}
model "pizza" {
  field "kind" { type = text }
  constraint_trigger "c" {
    query { filter = kind == "plain" && part.topping.name == "Pineapple" }
    error = "REFUSED"
  }
  constraint_trigger "none" {
    query { filter = kind == "none" && part != null }
    error = "REFUSED"
  }
}
model "part" {
  field "pizza"   { type = foreign_key(pizza) }
  field "topping" { type = foreign_key(topping) }
}`,
			rows:     `INSERT INTO topping VALUES (1, 'Ham'), (2, 'Pineapple'); INSERT INTO pizza VALUES (1, 'plain'), (2, 'hawaii'), (3, 'none'); INSERT INTO part (pizza_id, topping_id) VALUES (1, 1), (2, 2)`,
			refused:  []string{`INSERT INTO part (pizza_id, topping_id) VALUES (1, 2)`, `UPDATE topping SET name = 'Pineapple'`, `UPDATE pizza SET kind = 'plain'`, `UPDATE part SET pizza_id = 1`, `INSERT INTO part (pizza_id, topping_id) VALUES (3, 1)`, `UPDATE pizza SET kind = 'none' WHERE id = 1`},
			accepted: []string{`DELETE FROM part`, `INSERT INTO part (pizza_id, topping_id) VALUES (2, 1)`, `INSERT INTO topping VALUES (3, 'Pineapple')`},
		},
		"not_exists_linked": {
			models: `
model "pizza" {
  field "open" { type = boolean }
  constraint_trigger "c" {
    query { filter = open && !exists(part, pizza == outer(id) && topping.good) }
    error = "REFUSED"
  }
}
model "topping" {
  field "good" { type = boolean }
}
model "part" {
  field "pizza"   { type = foreign_key(pizza) }
  field "topping" { type = foreign_key(topping) }
}`,
			rows:     `INSERT INTO topping VALUES (1, true), (2, false), (3, true); INSERT INTO pizza VALUES (9, false); BEGIN; INSERT INTO pizza VALUES (1, true), (2, true); INSERT INTO part VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 2, 3); COMMIT`,
			refused:  []string{`INSERT INTO pizza VALUES (3, true)`, `DELETE FROM part WHERE id = 1`, `UPDATE part SET pizza_id = 2`, `UPDATE part SET topping_id = 2`, `UPDATE topping SET good = false WHERE id = 1`, `UPDATE pizza SET open = true`, `TRUNCATE part`},
			accepted: []string{`DELETE FROM part WHERE id = 3`, `INSERT INTO pizza VALUES (3, false)`, `UPDATE topping SET good = false WHERE id = 3`, `DELETE FROM part WHERE id = 2`},
		},
		"exists_linked_to_a_field": {
			models: `
model "ban" {
  field "mail"  { type = text }
  field "since" { type = integer }
}
model "booking" {
  field "mail" {
    type = text
    null = true
  }
  field "day" { type = integer }
  constraint_trigger "c" {
    query { filter = exists(ban, mail == outer(mail) && since <= outer(day)) }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO ban VALUES (1, 'x', 10); INSERT INTO booking VALUES (1, 'x', 9), (2, 'y', 20), (3, NULL, 20)`,
			refused:  []string{`INSERT INTO booking VALUES (4, 'x', 10)`, `UPDATE booking SET mail = 'x' WHERE id = 2`, `UPDATE booking SET day = 11 WHERE id = 1`, `INSERT INTO ban VALUES (2, 'y', 1)`, `UPDATE ban SET since = 9`, `UPDATE ban SET mail = 'y'`},
			accepted: []string{`DELETE FROM ban`, `TRUNCATE ban`, `INSERT INTO ban VALUES (2, 'z', 1)`, `UPDATE booking SET mail = NULL`},
		},
		"in_select": {
			models: `
model "stock" {
  field "sku" {
    type = text
    null = true
  }
  field "sold_out" { type = boolean }
}
model "line" {
  field "sku" { type = text }
  constraint_trigger "known" {
    query { filter = !in(sku, select(stock, sku)) }
    error = "REFUSED"
  }
  constraint_trigger "left" {
    query { filter = in(sku, select(stock, sku, sold_out)) }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO stock VALUES (1, 'a', false), (2, 'b', true), (3, NULL, true), (4, 'c', false); INSERT INTO line VALUES (1, 'a')`,
			refused:  []string{`INSERT INTO line VALUES (2, 'x')`, `INSERT INTO line VALUES (2, 'b')`, `DELETE FROM stock WHERE id = 1`, `UPDATE stock SET sku = 'z' WHERE id = 1`, `UPDATE stock SET sku = NULL WHERE id = 1`, `UPDATE stock SET sold_out = true`, `INSERT INTO stock VALUES (5, 'a', true)`, `TRUNCATE stock`},
			accepted: []string{`DELETE FROM stock WHERE id > 1`, `INSERT INTO line VALUES (2, 'c')`, `DELETE FROM stock; DELETE FROM line`},
		},
		"exists_without_a_link": {
			models: `
model "pause" {
  field "on" { type = boolean }
}
model "item" {
  field "n" { type = integer }
  constraint_trigger "c" {
    query { filter = n > 10 && exists(pause, field("on") && id != outer(n)) }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO pause VALUES (1, false); INSERT INTO item VALUES (1, 11), (2, 5)`,
			refused:  []string{`UPDATE pause SET "on" = true`, `INSERT INTO pause VALUES (2, true)`, `UPDATE pause SET "on" = true; UPDATE item SET n = 12 WHERE id = 2`},
			accepted: []string{`INSERT INTO pause VALUES (11, true)`, `DELETE FROM pause`, `DELETE FROM item WHERE n > 10; UPDATE pause SET "on" = true`},
		},
		"exists_of_the_same_table": {
			models: `
model "stay" {
  field "room" { type = integer }
  field "from" { type = integer }
  field "till" { type = integer }
  constraint_trigger "c" {
    query { filter = exists(stay, room == outer(room) && id != outer(id) && from < outer(till) && till > outer(from)) }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO stay VALUES (1, 1, 1, 5), (2, 1, 5, 9), (3, 2, 1, 9)`,
			refused:  []string{`INSERT INTO stay VALUES (4, 1, 4, 6)`, `UPDATE stay SET till = 6 WHERE id = 1`, `UPDATE stay SET room = 1 WHERE id = 3`},
			accepted: []string{`INSERT INTO stay VALUES (4, 1, 9, 12)`, `UPDATE stay SET room = 3 WHERE id = 1`, `DELETE FROM stay WHERE id = 1`},
		},
		"subquery_beside_groups": {
			models: `
model "holiday" {
  field "day" { type = integer }
}
model "shift" {
  field "worker" { type = integer }
  field "day"    { type = integer }
  constraint_trigger "c" {
    query {
      filter   = !exists(holiday, day == outer(day))
      values   = [worker]
      annotate = { n = count() }
      filter   = n > 2
    }
    error = "REFUSED"
  }
  constraint_trigger "nested" {
    query { filter = worker == 7 && exists(holiday, day == outer(day) && exists(shift, worker == 8 && day == outer(day))) }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO holiday VALUES (1, 3); INSERT INTO shift VALUES (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1), (5, 2, 2), (6, 7, 3), (7, 8, 4)`,
			refused:  []string{`DELETE FROM holiday`, `UPDATE holiday SET day = 4`, `TRUNCATE holiday`, `UPDATE shift SET day = 4 WHERE id = 3`, `INSERT INTO shift VALUES (9, 2, 9)`, `UPDATE shift SET worker = 1 WHERE id = 4`, `UPDATE shift SET day = 3 WHERE id = 7`, `UPDATE shift SET day = 4 WHERE id = 6; INSERT INTO holiday VALUES (2, 4)`},
			accepted: []string{`INSERT INTO holiday VALUES (2, 1)`, `INSERT INTO shift VALUES (9, 2, 3)`, `DELETE FROM shift WHERE worker = 1; DELETE FROM holiday`},
		},
		"backwards_to_itself": {
			models: `
model "person" {
  field "boss" {
    type = foreign_key(person)
    null = true
  }
  constraint_trigger "c" {
    query {
      annotate = { reports = count(person) }
      filter   = reports > 2
    }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO person VALUES (1, NULL), (2, 1), (3, 1), (4, 2)`,
			refused:  []string{`INSERT INTO person VALUES (5, 1)`, `UPDATE person SET boss_id = 1 WHERE id = 4`},
			accepted: []string{`INSERT INTO person VALUES (5, 2)`, `UPDATE person SET boss_id = NULL`, `UPDATE person SET boss_id = 2 WHERE id = 3`},
		},
		"without_values": {
			models: `
model "tag" {
  field "weight" { type = integer }
}
model "box" {
  field "most" { type = integer }
  field "tags" { type = many_to_many(tag) }
  constraint_trigger "c" {
    query {
      annotate = { total = sum(tags.weight), n = count(tags) }
      filter   = total > most || n == 0
    }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO tag VALUES (1, 5), (2, 6); BEGIN; INSERT INTO box VALUES (1, 10); INSERT INTO box_tags (box_id, tag_id) VALUES (1, 1); COMMIT`,
			refused:  []string{`INSERT INTO box_tags (box_id, tag_id) VALUES (1, 2)`, `UPDATE tag SET weight = 11`, `UPDATE box SET most = 4`, `DELETE FROM box_tags`, `DELETE FROM tag WHERE id = 1`, `TRUNCATE box_tags`, `INSERT INTO box VALUES (2, 10)`},
			accepted: []string{`UPDATE box SET most = 11; INSERT INTO box_tags (box_id, tag_id) VALUES (1, 2)`, `DELETE FROM box`},
		},
		"sql_in_filter_and_annotate": {
			models: `
model "item" {
  field "kind" {
    type = text
    null = true
  }
  field "n" { type = integer }
  constraint_trigger "c" {
    query {
      filter   = sql("n % 2 = 0")
      values   = [kind]
      annotate = { all = sql("sum(n * n)") }
      filter   = all > 100
    }
    error = "REFUSED"
  }
}`,
			rows:     `INSERT INTO item VALUES (1, 'a', 8), (2, 'a', 11), (3, NULL, 8)`,
			refused:  []string{`INSERT INTO item VALUES (4, 'a', 8)`, `UPDATE item SET n = 12 WHERE id = 2`, `UPDATE item SET kind = NULL WHERE id = 1`, `INSERT INTO item VALUES (4, NULL, 8)`},
			accepted: []string{`INSERT INTO item VALUES (4, 'a', 9)`, `UPDATE item SET kind = 'b' WHERE id = 1`, `DELETE FROM item`},
		},
	})
}
