package triggers_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// mixed has two models that meet in columns of two types.
func mixed(link, own, query, more string) string {
	return strings.NewReplacer("LINK", link, "OWN", own, "QUERY", query, "MORE", more).Replace(`
domain "small" {
  type  = integer
  check = value < 10
}
domain "positive" {
  type  = bigint
  check = value > 0
}
model "pizza" {
  field "k" { type = LINK }
  constraint_trigger "c" {
    query { QUERY }
    error = "REFUSED"
    MORE
  }
}
model "ban" {
  field "k" { type = OWN }
}`)
}

const (
	banned  = `filter = exists(ban, k == outer(k))`
	banned2 = "\n      filter   = exists(ban, k == outer(k))\n      values   = [k]\n      annotate = { n = count() }\n      filter   = n > 0\n    "
)

// TestQuery_mixed_types: a value that one of two types does not have is equal to
// none of the other, and no mistake.
func TestQuery_mixed_types(t *testing.T) {
	t.Parallel()
	cases := map[string]queryCase{}
	for name, c := range map[string][6]string{ // types of link and own; a value of each that are equal; one of each that the other type has not
		"bigint and integer":   {"bigint", "integer", "7", "7", "5000000000", "8"},
		"integer and bigint":   {"integer", "bigint", "7", "7", "8", "5000000000"},
		"smallint and numeric": {"smallint", "numeric", "7", "7.00", "8", "1e30"},
		"numeric and integer":  {"numeric", "integer", "7.0", "7", "7.5", "8"},
		"double and bigint":    {"double_precision", "bigint", "7", "7", "1e100", "9007199254740993"},
		"real and numeric":     {"real", "numeric", "0.5", "0.50", "1e30", "1e-30"},
		"domain and integer":   {"small", "integer", "7", "7", "8", "100"},
		"integer and domain":   {"integer", "small", "7", "7", "100", "8"},
		"domain and bigint":    {"positive", "bigint", "7", "7", "8", "-1"},
		"domains":              {"positive", "small", "7", "7", "8", "-1"},
		"text and varchar":     {"text", "varchar(3)", "'abc'", "'abc'", "'abcd'", "'ab'"},
		"varchar and text":     {"varchar(3)", "text", "'abc'", "'abc'", "'ab'", "'abcd'"},
		"varchars":             {"varchar(3)", "varchar(9)", "'abc'", "'abc'", "'ab'", "'abcd'"},
		"numerics":             {"numeric(3, 1)", "numeric(9, 2)", "1.5", "1.50", "2", "1000.25"},
		"char and text":        {"char(3)", "text", "'ab'", "'ab'", "'b'", "'abcd'"},
		"date and timestamp":   {"date", "timestamp", "'2020-01-01'", "'2020-01-01 00:00'", "'2020-01-02'", "'2020-01-01 01:00'"},
		"timestamptz and date": {"timestamptz", "date", "'2020-01-01'", "'2020-01-01'", "'2020-01-01 01:00'", "'2020-01-02'"},
		"inet and cidr":        {"inet", "cidr", "'10.0.0.0/8'", "'10/8'", "'10.1.0.0/8'", "'11/8'"},
	} {
		for i, query := range []string{banned, banned2} {
			for _, level := range []string{"row", "statement"} {
				key := name + []string{"", ", grouped"}[i] + ", " + level
				cases[key] = queryCase{
					models: mixed(c[0], c[1], query, "level = "+level),
					rows:   `INSERT INTO ban (k) VALUES (` + c[5] + `); INSERT INTO pizza (k) VALUES (` + c[4] + `)`,
					refused: []string{
						`INSERT INTO ban (k) VALUES (` + c[3] + `); INSERT INTO pizza (k) VALUES (` + c[2] + `)`,
						`INSERT INTO pizza (k) VALUES (` + c[2] + `); INSERT INTO ban (k) VALUES (` + c[3] + `)`,
						`UPDATE pizza SET k = ` + c[2] + `; UPDATE ban SET k = ` + c[3],
					},
					accepted: []string{
						`INSERT INTO ban (k) VALUES (` + c[3] + `), (` + c[5] + `)`, `INSERT INTO pizza (k) VALUES (` + c[2] + `), (` + c[4] + `)`,
						`UPDATE ban SET k = ` + c[3], `UPDATE pizza SET k = ` + c[2], `DELETE FROM ban`, `UPDATE ban SET k = ` + c[3] + `; UPDATE ban SET k = ` + c[5],
					},
				}
			}
		}
	}
	checkQueries(t, cases)
}

// Equal values of two types are locked as one.
func TestRace_mixed_types(t *testing.T) {
	t.Parallel()
	for _, types := range [][2]string{{"bigint", "numeric"}, {"small", "bigint"}, {"real", "numeric"}, {"char(3)", "text"}, {"date", "timestamptz"}} {
		h := newHistory(t, mixed(types[0], types[1], banned, ""))
		value := map[string]string{"char(3)": "'a'", "date": "'2020-01-01'"}[types[0]]
		if value == "" {
			value = "1"
		}
		for _, p := range []pair{
			{`INSERT INTO ban (k) VALUES (` + value + `)`, `INSERT INTO pizza (k) VALUES (` + value + `)`},
			{`INSERT INTO pizza (k) VALUES (` + value + `)`, `INSERT INTO ban (k) VALUES (` + value + `)`},
		} {
			h.run(`TRUNCATE ban, pizza`)
			assert.Equal(t, "23514", h.race(racer{rc, p.first}, racer{rc, p.second}), "%s: %s, then %s", types, p.first, p.second)
		}
	}
}
