package triggers_test

import (
	"fmt"
	"strings"
	"testing"
)

// groupKeys are types of what is grouped by, with two values of each.
var groupKeys = [][3]string{
	{"array(integer)", "'{1,2}'", "'{2,1}'"},
	{"array(array(integer))", "'{{1},{2}}'", "'{{2},{1}}'"},
	{"array(text)", "'{a,NULL}'", "'{NULL,a}'"},
	{"array(varchar(3))", "'{}'", "'{\"\"}'"},
	{"array(numeric(8, 2))", "'{1.00,2}'", "'{1,2,3}'"},
	{"array(size)", "'{big}'", "'{small,big}'"},
	{"trail", "'{1,2}'", "'{1,3}'"}, // a domain over an array
	{"array(grade)", "'{1,2}'", "'{2,1}'"},
	{"size", "'big'", "'small'"},
	{"grade", "1", "2"},
	{"varchar(3)", "'a'", "'b'"},
	{"char(3)", "'a'", "'b'"},
	{"numeric(8, 2)", "1.00", "1.01"},
	{"timestamptz(3)", "'2020-01-01'", "'2020-01-02'"},
	{"interval", "'1 month'", "'31 days'"},
	{"jsonb", "'[1, 2]'", "'[2, 1]'"},
	{"bytea", "'\\x01'", "'\\x02'"},
	{"int4range", "'[1,3)'", "'[1,3]'"},
	{"bit(3)", "B'101'", "B'100'"},
	{"money", "'1'", "'2'"},
	{"uuid", "'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"},
}

// TestConstraint_key_types: whatever type a group's key has, at each level its
// rows are counted.
func TestConstraint_key_types(t *testing.T) {
	t.Parallel()
	var models strings.Builder
	models.WriteString(`
enum "size" { values = ["small", "big"] }
domain "grade" {
  type  = integer
  check = value > 0
}
domain "trail" { type = array(integer) }
`)
	for i, k := range groupKeys {
		for _, level := range allLevels {
			for _, more := range []string{"", ", at"} {
				fmt.Fprintf(&models, `
model "m%d_%s%d" {
  field "k" {
    type = %s
    null = true
  }
  field "at" {
    type = integer
    default = 0
  }
  constraint_trigger "once" {
    query {
      values   = [k%s]
      annotate = { n = count() }
      filter   = n > 1
    }
    error = "REFUSED"
    level = %s
  }
}
`, i, level, len(more), k[0], more, level)
			}
		}
	}
	h := newHistory(t, models.String())
	for i, k := range groupKeys {
		for _, level := range allLevels {
			for _, more := range []string{"", ", at"} {
				table := fmt.Sprintf("m%d_%s%d (k)", i, level, len(more))
				h.accepts(fmt.Sprintf(`INSERT INTO %s VALUES (%s), (%s), (NULL)`, table, k[1], k[2]),
					fmt.Sprintf(`INSERT INTO %s VALUES (%s); INSERT INTO %[1]s VALUES (%[3]s)`, table, k[1], k[2]))
				h.refuses("REFUSED", fmt.Sprintf(`INSERT INTO %s VALUES (%s), (%s)`, table, k[1], k[1]),
					fmt.Sprintf(`INSERT INTO %s VALUES (%s); INSERT INTO %[1]s VALUES (%[2]s)`, table, k[2]),
					fmt.Sprintf(`INSERT INTO %s VALUES (%s), (%s); UPDATE %s SET k = %s`, table, k[1], k[2], strings.Fields(table)[0], k[2]),
					fmt.Sprintf(`INSERT INTO %s VALUES (NULL); INSERT INTO %[1]s VALUES (NULL)`, table))
			}
		}
	}
}
