package triggers_test

import (
	"fmt"
	"strings"
)

// A world is a few models whose constraint triggers are tried with random writes.
// In its models RULES of MODEL stands for the constraint triggers of a model, KEY
// and NULLABLE for arguments of foreign keys that cannot and can be NULL.
type world struct {
	models string
	tables []writable
	rules  []rule
}

// A writable is a table that is written at random: each column is a name with
// values, behind an id. Tables come behind those that they refer to.
type writable struct {
	name    string
	columns []string
}

// A rule is a constraint trigger. Broken is written by hand: a query that has a
// row where the constraint is broken.
type rule struct {
	model, label, query, broken string
}

// constraint returns the name of the rule in errors.
func (r rule) constraint() string { return r.model + "_" + r.label }

// with returns the models of the world with a rule, which has arguments.
func (w world) with(r rule, arguments string) string {
	block := fmt.Sprintf("constraint_trigger %q {\n    query {\n      %s\n    }\n    error = %[1]q\n    %[3]s\n  }", r.label, r.query, arguments)
	models := strings.Replace(w.models, "RULES of "+r.model, block, 1)
	for _, t := range w.tables {
		models = strings.Replace(models, "RULES of "+t.name, "", 1)
	}
	return models
}

var worlds = map[string]world{
	"pizzas": {
		models: `
model "topping" {
  field "name"  { type = text }
  field "vegan" { type = boolean }
  RULES of topping
}
model "pizza" {
  field "kind" { type = text }
  RULES of pizza
}
model "part" {
  field "pizza" {
    type = foreign_key(pizza)
    KEY
  }
  field "topping" {
    type = foreign_key(topping)
    null = true
    NULLABLE
  }
  RULES of part
}`,
		tables: []writable{
			{"topping", []string{"name a b", "vegan true false"}},
			{"pizza", []string{"kind v n"}},
			{"part", []string{"pizza_id 1 2 3", "topping_id 1 2 3 NULL"}},
		},
		rules: []rule{
			{
				"pizza", "most", "annotate = { n = count(part) }\n filter = n > 2",
				`SELECT FROM pizza z WHERE (SELECT count(*) FROM part x WHERE x.pizza_id = z.id) > 2`,
			},
			{
				"pizza", "least", "filter = kind == \"v\"\n annotate = { n = count(part) }\n filter = n < 1",
				`SELECT FROM pizza z WHERE kind = 'v' AND NOT EXISTS (SELECT FROM part x WHERE x.pizza_id = z.id)`,
			},
			{
				"pizza", "vegan", `filter = kind == "v" && !exists(part, pizza == outer(id) && topping.vegan)`,
				`SELECT FROM pizza z WHERE kind = 'v' AND NOT EXISTS (SELECT FROM part x, topping t WHERE x.pizza_id = z.id AND t.id = x.topping_id AND t.vegan)`,
			},
			{
				"pizza", "bare", `filter = kind == "n" && part != null`,
				`SELECT FROM pizza z, part x WHERE x.pizza_id = z.id AND z.kind = 'n'`,
			},
			{
				"part", "vegan", `filter = pizza.kind == "v" && !topping.vegan`,
				`SELECT FROM part x, pizza z, topping t WHERE z.id = x.pizza_id AND t.id = x.topping_id AND z.kind = 'v' AND NOT t.vegan`,
			},
			{
				"part", "b", `filter = topping.name == "b"`,
				`SELECT FROM part x, topping t WHERE t.id = x.topping_id AND t.name = 'b'`,
			},
			{
				"part", "differ", "values = [pizza]\n annotate = { n = count(topping), d = count(distinct(topping.name)) }\n filter = n > d",
				`SELECT FROM part x LEFT JOIN topping t ON t.id = x.topping_id GROUP BY x.pizza_id HAVING count(x.topping_id) > count(DISTINCT t.name)`,
			},
			{
				"part", "names", "values = [topping.name]\n annotate = { n = count() }\n filter = n > 2",
				`SELECT FROM part x LEFT JOIN topping t ON t.id = x.topping_id GROUP BY t.name HAVING count(*) > 2`,
			},
			{
				"part", "meat", "values = [pizza]\n annotate = { n = filtered(count(), !topping.vegan) }\n filter = n == 1",
				`SELECT FROM part x, topping t WHERE t.id = x.topping_id AND NOT t.vegan GROUP BY x.pizza_id HAVING count(*) = 1`,
			},
			{
				"topping", "rare", "annotate = { n = count(part), least = min(part.pizza.kind) }\n filter = n > 1 && least == \"n\"",
				`SELECT FROM part x, pizza z WHERE z.id = x.pizza_id AND x.topping_id IS NOT NULL GROUP BY x.topping_id HAVING count(*) > 1 AND min(z.kind) = 'n'`,
			},
		},
	},
	"stock": {
		models: `
model "stock" {
  field "sku" {
    type = text
    null = true
  }
  field "shop"     { type = integer }
  field "sold_out" { type = boolean }
}
model "line" {
  field "sku" {
    type = text
    null = true
  }
  field "shop" { type = integer }
  RULES of line
}`,
		tables: []writable{
			{"stock", []string{"sku a b NULL", "shop 1 2", "sold_out true false"}},
			{"line", []string{"sku a b NULL", "shop 1 2"}},
		},
		rules: []rule{
			{
				"line", "known", `filter = !in(sku, select(stock, sku))`,
				`SELECT FROM line WHERE sku NOT IN (SELECT sku FROM stock WHERE sku IS NOT NULL)`,
			},
			{
				"line", "left", `filter = in(sku, select(stock, sku, sold_out))`,
				`SELECT FROM line x, stock s WHERE s.sku = x.sku AND s.sold_out`,
			},
			{
				"line", "here", `filter = !in(sku, select(stock, sku, shop == outer(shop) && !sold_out))`,
				`SELECT FROM line x WHERE sku NOT IN (SELECT s.sku FROM stock s WHERE s.sku IS NOT NULL AND s.shop = x.shop AND NOT s.sold_out)`,
			},
			{
				"line", "odd", "filter = !in(sku, select(stock, sku, shop <= outer(shop)))\n values = [shop]\n annotate = { n = count() }\n filter = n == 1",
				`SELECT FROM line x WHERE x.sku NOT IN (SELECT s.sku FROM stock s WHERE s.sku IS NOT NULL AND s.shop <= x.shop) GROUP BY x.shop HAVING count(*) = 1`,
			},
			{
				"line", "either", `filter = shop == 2 && (in(sku, select(stock, sku, sold_out)) || !exists(stock, shop == outer(shop)))`,
				`SELECT FROM line x WHERE shop = 2 AND (EXISTS (SELECT FROM stock s WHERE s.sku = x.sku AND s.sold_out) OR NOT EXISTS (SELECT FROM stock s WHERE s.shop = 2))`,
			},
			{
				"line", "coalesced", `filter = coalesce(in(sku, select(stock, sku, sold_out)), shop == 2)`,
				`SELECT FROM line x WHERE coalesce(sku IN (SELECT s.sku FROM stock s WHERE s.sku IS NOT NULL AND s.sold_out), shop = 2)`,
			},
			{
				"line", "most", `filter = shop == 1 && exists(stock, sold_out)`,
				`SELECT FROM line x, stock s WHERE x.shop = 1 AND s.sold_out`,
			},
		},
	},
	"tags": {
		models: `
model "tag" {
  field "weight" { type = integer }
  RULES of tag
}
model "product" {
  field "kind" { type = text }
  field "tags" {
    type    = many_to_many(tag)
    through = tagged
  }
  RULES of product
}
model "tagged" {
  field "product" {
    type = foreign_key(product)
    KEY
  }
  field "tag" {
    type = foreign_key(tag)
    KEY
  }
}`,
		tables: []writable{
			{"tag", []string{"weight 1 2 3"}},
			{"product", []string{"kind x y"}},
			{"tagged", []string{"product_id 1 2 3", "tag_id 1 2 3"}},
		},
		rules: []rule{
			{
				"tag", "heavy", `filter = weight > 1 && exists(product, tags == outer(id) && kind == "x")`,
				`SELECT FROM tag t, tagged x, product p WHERE x.tag_id = t.id AND x.product_id = p.id AND t.weight > 1 AND p.kind = 'x'`,
			},
			{
				"tag", "used", `filter = weight > 1 && !in(id, select(product, tags, kind == "x"))`,
				`SELECT FROM tag t WHERE weight > 1 AND NOT EXISTS (SELECT FROM tagged x, product p WHERE x.tag_id = t.id AND x.product_id = p.id AND p.kind = 'x')`,
			},
			{
				"product", "sum", "annotate = { total = sum(tags.weight), n = count(tags) }\n filter = total > 4 || n == 1",
				`SELECT FROM product p WHERE (SELECT sum(weight) > 4 FROM tagged x, tag t WHERE x.product_id = p.id AND x.tag_id = t.id)
					OR (SELECT count(*) = 1 FROM tagged x WHERE x.product_id = p.id)`,
			},
			{
				"product", "light", `filter = kind == "x" && tags.weight < 2`,
				`SELECT FROM product p, tagged x, tag t WHERE x.product_id = p.id AND t.id = x.tag_id AND p.kind = 'x' AND t.weight < 2`,
			},
		},
	},
	"orders": {
		models: `
model "product" {
  field "price" { type = integer }
}
model "customer" {
  field "most" { type = integer }
  RULES of customer
}
model "ord" {
  field "customer" {
    type = foreign_key(customer)
    KEY
  }
  RULES of ord
}
model "line" {
  field "ord" {
    type = foreign_key(ord)
    KEY
  }
  field "qty" { type = integer }
  field "product" {
    type = foreign_key(product)
    null = true
    NULLABLE
  }
  RULES of line
}`,
		tables: []writable{
			{"product", []string{"price 1 2 3"}},
			{"customer", []string{"most 1 3 5"}},
			{"ord", []string{"customer_id 1 2"}},
			{"line", []string{"ord_id 1 2 3", "qty 1 2", "product_id 1 2 NULL"}},
		},
		rules: []rule{
			{
				"customer", "credit", "annotate = { total = sum(ord.line.qty * ord.line.product.price) }\n filter = total > most || total == 2",
				`SELECT FROM customer c, LATERAL (SELECT sum(l.qty * p.price) AS total FROM ord o, line l, product p
					WHERE o.customer_id = c.id AND l.ord_id = o.id AND p.id = l.product_id) AS s WHERE total > c.most OR total = 2`,
			},
			{
				"ord", "empty", `filter = customer.most > 1 && line == null`,
				`SELECT FROM ord o, customer c WHERE c.id = o.customer_id AND c.most > 1 AND NOT EXISTS (SELECT FROM line l WHERE l.ord_id = o.id)`,
			},
			{
				"line", "price", "values = [product]\n annotate = { n = max(qty), dear = max(product.price) }\n filter = n > dear",
				`SELECT FROM line l, product p WHERE p.id = l.product_id AND l.qty > p.price`,
			},
			{
				"line", "poor", `filter = ord.customer.most < product.price`,
				`SELECT FROM line l, product p, ord o, customer c WHERE p.id = l.product_id AND o.id = l.ord_id AND c.id = o.customer_id AND c.most < p.price`,
			},
		},
	},
	"people": {
		models: `
model "person" {
  field "room" { type = integer }
  field "age" {
    type = integer
    null = true
  }
  field "boss" {
    type = foreign_key(person)
    null = true
    NULLABLE
  }
  RULES of person
}`,
		tables: []writable{{"person", []string{"room 1 2 3 4", "age 1 2 3 NULL", "boss_id 1 2 3 NULL NULL NULL"}}},
		rules: []rule{
			{
				"person", "alone", `filter = exists(person, room == outer(room) && id != outer(id) && age >= outer(age))`,
				`SELECT FROM person p, person q WHERE q.room = p.room AND q.id <> p.id AND q.age >= p.age`,
			},
			{
				"person", "reports", "annotate = { n = count(person) }\n filter = n > 1",
				`SELECT FROM person p WHERE (SELECT count(*) FROM person q WHERE q.boss_id = p.id) > 1`,
			},
			{
				"person", "boss", `filter = age > boss.age || boss.boss.room == room`,
				`SELECT FROM person p JOIN person b ON b.id = p.boss_id LEFT JOIN person c ON c.id = b.boss_id WHERE p.age > b.age OR c.room = p.room`,
			},
			{
				"person", "heads", "filter = boss == null\n values = [room]\n annotate = { n = count() }\n filter = n > 1",
				`SELECT FROM person p WHERE boss_id IS NULL GROUP BY room HAVING count(*) > 1`,
			},
		},
	},
	"groups": {
		models: `
model "kind" {
  field "name" {
    type = text
    null = true
  }
}
model "thing" {
  field "mail" {
    type = text
    null = true
  }
  field "codes" {
    type = array(integer)
    null = true
  }
  field "n" { type = integer }
  field "kind" {
    type = foreign_key(kind)
    null = true
    NULLABLE
  }
  RULES of thing
}`,
		tables: []writable{
			{"kind", []string{"name a b NULL"}},
			{"thing", []string{"mail 'a' 'A' 'b' NULL", "codes '{1,2}' '{}'", "n 1 2 3", "kind_id 1 2 3 NULL"}},
		},
		rules: []rule{
			{
				"thing", "pair", "values = [mail, n]\n annotate = { all = count() }\n filter = all > 1",
				`SELECT FROM thing a, thing b WHERE a.id < b.id AND a.mail IS NOT DISTINCT FROM b.mail AND a.n = b.n`,
			},
			{
				"thing", "lower", "values = [lower(mail)]\n annotate = { low = min(n), high = max(n) }\n filter = high - low > 1",
				`SELECT FROM thing a, thing b WHERE lower(a.mail) IS NOT DISTINCT FROM lower(b.mail) AND a.n - b.n > 1`,
			},
			{
				"thing", "codes", "values = [codes]\n annotate = { all = bool_and(n > 1) }\n filter = all && codes != null",
				`SELECT FROM thing a WHERE a.codes IS NOT NULL AND NOT EXISTS (SELECT FROM thing b WHERE b.codes = a.codes AND b.n <= 1)`,
			},
			{
				"thing", "kinds", "filter = n > 1\n values = [kind.name]\n annotate = { all = count() }\n filter = all == 2",
				`SELECT FROM thing t LEFT JOIN kind k ON k.id = t.kind_id WHERE t.n > 1 GROUP BY k.name HAVING count(*) = 2`,
			},
			{
				"thing", "unkind", "filter = kind.name == null\n values = [n]\n annotate = { all = count() }\n filter = all > 1",
				`SELECT FROM thing t LEFT JOIN kind k ON k.id = t.kind_id WHERE k.name IS NULL GROUP BY t.n HAVING count(*) > 1`,
			},
			{
				"thing", "fewer", "values = [mail]\n annotate = { all = count() }\n filter = all < 2 && mail != null",
				`SELECT FROM thing WHERE mail IS NOT NULL GROUP BY mail HAVING count(*) < 2`,
			},
			{
				"thing", "written", "values = [kind]\n annotate = { s = sql(\"sum(n * n)\") }\n filter = s > 5",
				`SELECT FROM thing GROUP BY kind_id HAVING sum(n * n) > 5`,
			},
		},
	},
	"nested": {
		models: `
model "holiday" {
  field "day" {
    type = integer
    null = true
  }
}
model "pause" {
  field "n" { type = integer }
}
model "shift" {
  field "worker" { type = integer }
  field "day"    { type = integer }
  RULES of shift
}`,
		tables: []writable{
			{"holiday", []string{"day 1 2 NULL"}},
			{"pause", []string{"n 1 2 3"}},
			{"shift", []string{"worker 1 2", "day 1 2"}},
		},
		rules: []rule{
			{
				"shift", "many", "filter = !exists(holiday, day == outer(day))\n values = [worker]\n annotate = { n = count() }\n filter = n > 1",
				`SELECT FROM shift s WHERE NOT EXISTS (SELECT FROM holiday h WHERE h.day = s.day) GROUP BY s.worker HAVING count(*) > 1`,
			},
			{
				"shift", "swap", `filter = worker == 1 && exists(holiday, day == outer(day) && !exists(shift, worker == 2 && day == outer(day)))`,
				`SELECT FROM shift s, holiday h WHERE s.worker = 1 AND h.day = s.day AND NOT EXISTS (SELECT FROM shift o WHERE o.worker = 2 AND o.day = h.day)`,
			},
			{
				"shift", "pause", `filter = worker == 2 && exists(pause, n > 2) && !exists(pause, n == outer(day))`,
				`SELECT FROM shift s WHERE s.worker = 2 AND 2 < (SELECT max(n) FROM pause) AND s.day NOT IN (SELECT n FROM pause)`,
			},
			{
				"shift", "counted", "filter = exists(holiday, day == outer(day))\n values = [worker]\n annotate = { n = count() }\n filter = n == 1",
				`SELECT FROM shift s WHERE EXISTS (SELECT FROM holiday h WHERE h.day = s.day) GROUP BY s.worker HAVING count(*) = 1`,
			},
		},
	},
}
