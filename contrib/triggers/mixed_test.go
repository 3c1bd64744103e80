package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A meeting is of two columns of two types: values that are equal, and one of
// each that the other type does not have.
type meeting struct{ link, own, linkValue, ownValue, linkOther, ownOther string }

var meetings = []meeting{
	{"bigint", "integer", "7", "7", "5000000000", "8"},
	{"integer", "bigint", "7", "7", "8", "5000000000"},
	{"smallint", "numeric", "7", "7.00", "8", "1e30"},
	{"numeric", "integer", "7.0", "7", "7.5", "8"},
	{"double_precision", "bigint", "7", "7", "1e100", "9007199254740993"},
	{"real", "numeric", "0.5", "0.50", "1e30", "1e-30"},
	{"small", "integer", "7", "7", "8", "100"},
	{"integer", "small", "7", "7", "100", "8"},
	{"positive", "bigint", "7", "7", "8", "-1"},
	{"positive", "small", "7", "7", "8", "-1"},
	{"text", "varchar(3)", "'abc'", "'abc'", "'abcd'", "'ab'"},
	{"varchar(3)", "text", "'abc'", "'abc'", "'ab'", "'abcd'"},
	{"varchar(3)", "varchar(9)", "'abc'", "'abc'", "'ab'", "'abcd'"},
	{"numeric(3, 1)", "numeric(9, 2)", "1.5", "1.50", "2", "1000.25"},
	{"char(3)", "text", "'ab'", "'ab'", "'b'", "'abcd'"},
	{"date", "timestamp", "'2020-01-01'", "'2020-01-01 00:00'", "'2020-01-02'", "'2020-01-01 01:00'"},
	{"timestamptz", "date", "'2020-01-01'", "'2020-01-01'", "'2020-01-01 01:00'", "'2020-01-02'"},
	{"inet", "cidr", "'10.0.0.0/8'", "'10/8'", "'10.1.0.0/8'", "'11/8'"},
}

// meetingModels has pizzas that are refused where a ban has the same value.
func meetingModels(list []meeting, queries ...string) string {
	var models strings.Builder
	models.WriteString(`
domain "small" {
  type  = integer
  check = value < 10
}
domain "positive" {
  type  = bigint
  check = value > 0
}
`)
	for i, m := range list {
		for j, query := range queries {
			models.WriteString(strings.NewReplacer("LINK", m.link, "OWN", m.own, "NUMBER", fmt.Sprintf("%d_%d", i, j), "QUERY", strings.ReplaceAll(query, "NUMBER", fmt.Sprintf("%d_%d", i, j))).Replace(`
model "pizzaNUMBER" {
  field "k" { type = LINK }
  constraint_trigger "c" {
    QUERY
    error = "REFUSED"
  }
}
model "banNUMBER" {
  field "k" { type = OWN }
}
`))
		}
	}
	return models.String()
}

var bans = []string{
	"query { filter = exists(banNUMBER, k == outer(k)) }",
	`query {
      filter   = exists(banNUMBER, k == outer(k))
      values   = [k]
      annotate = { n = count() }
      filter   = n > 0
    }
    level = statement`,
}

// TestConstraint_mixed_types: a value that one of two types does not have is equal
// to none of the other, and no mistake.
func TestConstraint_mixed_types(t *testing.T) {
	t.Parallel()
	h := newHistory(t, meetingModels(meetings, bans...))
	for i, m := range meetings {
		for j := range bans {
			replace := strings.NewReplacer("PIZZA", fmt.Sprintf("pizza%d_%d (k)", i, j), "BAN", fmt.Sprintf("ban%d_%d (k)", i, j),
				"TABLE", fmt.Sprintf("pizza%d_%d", i, j), "OTHERS", fmt.Sprintf("ban%d_%d", i, j),
				"LINK", "("+m.linkValue+")", "OWN", "("+m.ownValue+")", "LONE", "("+m.linkOther+")", "SOLE", "("+m.ownOther+")")
			h.run(replace.Replace(`INSERT INTO BAN VALUES SOLE; INSERT INTO PIZZA VALUES LONE`))
			for _, sql := range []string{
				`INSERT INTO BAN VALUES OWN; INSERT INTO PIZZA VALUES LINK`, `INSERT INTO PIZZA VALUES LINK; INSERT INTO BAN VALUES OWN`,
				`UPDATE TABLE SET k = LINK; UPDATE OTHERS SET k = OWN`,
			} {
				h.refuses("REFUSED", replace.Replace(sql))
			}
			for _, sql := range []string{
				`INSERT INTO BAN VALUES OWN, SOLE`, `INSERT INTO PIZZA VALUES LINK, LONE`, `UPDATE OTHERS SET k = OWN`, `UPDATE TABLE SET k = LINK`,
				`DELETE FROM OTHERS`, `UPDATE OTHERS SET k = OWN; UPDATE OTHERS SET k = SOLE`,
			} {
				h.accepts(replace.Replace(sql))
			}
		}
	}
}

// Equal values of two types are locked as one.
func TestRace_mixed_types(t *testing.T) {
	t.Parallel()
	list := []meeting{
		{link: "bigint", own: "numeric", linkValue: "1"},
		{link: "small", own: "bigint", linkValue: "1"},
		{link: "real", own: "numeric", linkValue: "1"},
		{link: "char(3)", own: "text", linkValue: "'a'"},
		{link: "date", own: "timestamptz", linkValue: "'2020-01-01'"},
	}
	h := newHistory(t, meetingModels(list, bans[0])+"\nmodel \"pizza\" {}")
	for i, m := range list {
		pizza, ban := fmt.Sprintf("INSERT INTO pizza%d_0 (k) VALUES (%s)", i, m.linkValue), fmt.Sprintf("INSERT INTO ban%d_0 (k) VALUES (%s)", i, m.linkValue)
		assert.Equal(t, "23514", h.race(racer{rc, pizza}, racer{rc, ban}), "%s, then %s", pizza, ban)
		h.run(fmt.Sprintf("TRUNCATE pizza%d_0", i))
		assert.Equal(t, "23514", h.race(racer{rc, ban}, racer{rc, pizza}), "%s, then %s", ban, pizza)
	}
}
