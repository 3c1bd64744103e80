package triggers_test

import (
	"strings"
	"testing"
)

// shelf is a product with tags, by an implicit join table, and labels, by one that
// is written.
const shelf = `
model "tag" {
  field "name" { type = text }
  TAG
}
model "label" {
  LABEL
}
model "product" {
  field "kind" { type = text }
  field "tags" { type = many_to_many(tag) }
  field "labels" {
    type    = many_to_many(label)
    through = labelled
  }
}
model "labelled" {
  field "product" {
    type      = foreign_key(product)
    on_delete = cascade
  }
  field "label" { type = foreign_key(label) }
}
`

// TestQuery_links: what equals something outside a subquery is the end of a
// many_to_many, or of a foreign key backwards.
func TestQuery_links(t *testing.T) {
	t.Parallel()
	rows := `INSERT INTO tag VALUES (1, 'a'), (2, 'b'), (3, 'c'); INSERT INTO label VALUES (1), (2);
		BEGIN; INSERT INTO product VALUES (1, 'y'), (2, 'x'), (3, 'x'); INSERT INTO product_tags VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 3, 2);
		INSERT INTO labelled VALUES (1, 1, 1), (2, 2, 2), (3, 3, 2); COMMIT`
	query := func(on, filter string) string {
		c := `constraint_trigger "c" {
    query { filter = ` + filter + ` }
    error = "REFUSED"
  }`
		other := map[string]string{"TAG": "LABEL", "LABEL": "TAG"}[on]
		return strings.NewReplacer(on, c, other, "").Replace(shelf)
	}
	// Tag 2 is that of two x; tag 1 must not get one.
	tagged := queryCase{
		rows: rows,
		refused: []string{
			`INSERT INTO product_tags VALUES (9, 3, 1)`, `UPDATE product SET kind = 'x' WHERE id = 1`,
			`UPDATE product_tags SET tag_id = 1 WHERE id = 3`, `UPDATE product_tags SET product_id = 3 WHERE id = 1`,
			`INSERT INTO product VALUES (4, 'x'); INSERT INTO product_tags VALUES (9, 4, 1)`, `UPDATE tag SET name = 'a' WHERE id = 2`,
		},
		accepted: []string{
			`INSERT INTO product VALUES (4, 'x')`, `INSERT INTO product VALUES (4, 'y'); INSERT INTO product_tags VALUES (9, 4, 1)`,
			`DELETE FROM product`, `TRUNCATE product_tags`, `INSERT INTO tag VALUES (9, 'z')`, `DELETE FROM product_tags WHERE id = 1; UPDATE product SET kind = 'x'`,
		},
	}
	// Label 2 needs one of its x.
	labelled := queryCase{
		rows: rows,
		refused: []string{
			`DELETE FROM product WHERE id > 1`, `DELETE FROM labelled WHERE id > 1`, `UPDATE product SET kind = 'y'`, `TRUNCATE labelled`,
			`UPDATE labelled SET label_id = 1`, `UPDATE labelled SET product_id = 1`, `INSERT INTO label VALUES (3)`, `TRUNCATE product, labelled, product_tags`,
			`UPDATE product SET kind = 'y' WHERE id = 2; DELETE FROM product WHERE id = 3`,
			`UPDATE labelled SET label_id = 1 WHERE id = 2; DELETE FROM product WHERE id = 3`,
		},
		accepted: []string{
			`DELETE FROM product WHERE id = 2`, `DELETE FROM labelled WHERE id = 2`, `UPDATE product SET kind = 'y' WHERE id = 3`,
			`INSERT INTO label VALUES (3); INSERT INTO labelled VALUES (9, 2, 3)`, `DELETE FROM labelled WHERE label_id = 2; DELETE FROM label WHERE id = 2`,
			`UPDATE labelled SET label_id = 1 WHERE id = 2`,
		},
	}
	cases := map[string]queryCase{}
	for name, filter := range map[string]string{
		"exists": `name == "a" && exists(product, tags == outer(id) && kind == "x")`,
		"turned": `name == "a" && exists(product, kind == "x" && outer(id) == tags)`,
		"in":     `name == "a" && in(id, select(product, tags, kind == "x"))`,
		"no end": `name == "a" && exists(product, tags == outer(id) && tags.name != "z" && kind == "x")`,
		"far":    `name == "a" && exists(product, tags.name == outer(name) && kind == "x")`,
	} {
		c := tagged
		c.models = query("TAG", filter)
		cases["tags, "+name] = c
	}
	for name, filter := range map[string]string{
		"not exists": `id != 1 && !exists(product, labels == outer(id) && kind == "x")`,
		"not in":     `id != 1 && !in(id, select(product, labels, kind == "x"))`,
		"backwards":  `id != 1 && !exists(product, labelled.label == outer(id) && kind == "x")`,
		"by hand":    `id != 1 && !exists(labelled, label == outer(id) && product.kind == "x")`,
	} {
		c := labelled
		c.models = query("LABEL", filter)
		cases["labels, "+name] = c
	}
	checkQueries(t, cases)
}
