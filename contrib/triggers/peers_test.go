package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// What other constraint triggers and audit triggers are known to do wrong, each
// with a test that these do not.

// Violations that come back after a check in the middle of the transaction.
func TestPeers_checked_again(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	d.install(pizzasWith(t, "level", "deferred_bulk"))
	bakeVegan(d)
	more := func(topping int) string {
		return fmt.Sprintf(`INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (1, %d); `, topping)
	}
	d.refuses("More than 5", more(5)+`SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; `+more(6))
	d.refuses("More than 5", more(5)+`SAVEPOINT s; `+more(6)+`ROLLBACK TO s; `+more(7))
	d.accepts(more(5)+`SAVEPOINT s; `+more(6)+`ROLLBACK TO s; `, more(5)+more(6)+`DELETE FROM pizza_topping WHERE topping_id = 6`,
		`UPDATE pizza_topping SET id = id + 100`)
	d.run(more(5))
	left := `SELECT sum((xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || oid::regclass, false, true, '')))[1]::text::int)::text
		FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ct%'`
	assert.Equal(t, "0", d.one(left), "what was written down is taken away")
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	p := pizzasWith(t)
	opaque := p.constraint(t, "topping", "opaque", "No.", expression.Query{Where: nodes(raw("id = (SELECT max(id) FROM pizza)"))})
	far := p.constraint(t, "pizza_topping", "by_kind", "No.", expression.Query{
		Values:   nodes(path(fieldAt("pizza_topping", "pizza"), fieldAt("pizza", "kind"))),
		Annotate: as("n", call("count")), Having: nodes(op(">", name("n"), number("5"))),
	})
	for a, want := range map[address.Address][]string{
		address.New(triggers.ConstraintKind, "shop", "pizza_topping", "at_most_5"):    {`add to model pizza_topping: index "by_pizza" { fields = [pizza] }`},
		address.New(triggers.ConstraintKind, "shop", "pizza_topping", "no_pineapple"): {`add to model pizza_topping: index "by_topping" { fields = [topping] }`},
		opaque: {"write level = deferred_bulk for one check a transaction, or name fields of the model itself in values"},
		far: {
			"write level = deferred_bulk for one check a transaction, or name fields of the model itself in values",
			`add to model pizza_topping: index "by_pizza" { fields = [pizza] }`, // a pizza that comes can be one that rows refer to
		},
	} {
		var next []string
		for _, d := range detectOne(t, nil, p.state(), a, false).Diagnostics {
			next = append(next, d.Next)
		}
		assert.Equal(t, want, next, a.String())
	}
	for more, want := range map[string]string{
		"level deferrable deferred": "WH6105", "level initially deferred": "WH6105", "deferrable never initially deferred": "WH6105",
		"deferrable immediate initially deferred": "WH6105", "deferrable never initially immediate": "",
	} {
		var arguments []any
		for _, word := range strings.Fields(strings.Replace(more, "level ", "level statement ", 1)) {
			arguments = append(arguments, word)
		}
		p := pizzasWith(t)
		both := p.constraint(t, "topping", "both", "No.", expression.Query{}, arguments...)
		found := detectOne(t, nil, p.state(), both, false).Diagnostics
		assert.Equal(t, want, strings.Join(codes(found), ""), more)
	}
}

func codes(list diag.List) []string {
	var codes []string
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	return codes
}

// TestAdvice_declarative: what PostgreSQL has a constraint for.
func TestAdvice_declarative(t *testing.T) {
	t.Parallel()
	h := newHistory(t)
	for query, want := range map[string]string{
		"values = [room, day]\n annotate = { n = count() }\n filter = n > 1":                   `write instead: unique "c" { fields = [room, day] }`,
		"filter = day > 1\n values = [room]\n annotate = { n = count(day) }\n filter = n >= 2": `write instead: index "c" { fields = [room]  unique = true  where = FILTER }`,
		"values = [room]\n annotate = { n = count() }\n filter = n > 2":                        "",
		"filter = exists(stay, room == outer(room) && day < outer(till) && till > outer(day))": `if the two are a range, write instead: exclude "c" { using = gist  on = [with(FIELD, "="), with(RANGE, "&&")] }`,
		"filter = exists(stay, room == outer(room) && day < outer(till))":                      "",
	} {
		h.plan(`
model "stay" {
  field "room" { type = integer }
  field "day"  { type = integer }
  field "till" { type = integer }
  index "i" { fields = [room] }
  constraint_trigger "c" {
    query {
      ` + query + `
    }
    error = "No."
  }
}`)
		h.steps, h.states = nil, h.states[:1]
		var next string
		for _, d := range h.found {
			if d.Code == "WH6109" {
				assert.Equal(t, diag.Note, d.Severity)
				next = d.Next
			}
		}
		assert.Equal(t, want, next, query)
	}
}
