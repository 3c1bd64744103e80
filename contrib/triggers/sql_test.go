package triggers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// refer gives an object references to models, as who reads its SQL finds them.
func (p *project) refer(a address.Address, models ...string) {
	for _, o := range p.objects {
		if o.Address == a {
			for _, m := range models {
				o.Refs = append(o.Refs, state.Reference{Target: at(m), Aspects: state.Exists | state.Name})
			}
		}
	}
}

// accounts may not owe more than a limit that stands in another table.
func accounts(t *testing.T, sql string, more ...any) *project {
	p := &project{}
	p.model(t, "lims", field{name: "lim", typ: "integer"})
	p.model(t, "account", field{name: "bal", typ: "integer"}, field{name: "lim", to: "lims", null: true, onDelete: "ON DELETE SET NULL"})
	p.refer(p.constraint(t, "account", "most", "Too much.", expression.Query{Where: nodes(raw(sql))}, more...), "lims")
	return p
}

// TestConstraint_sql_reads: all writes to what SQL reads are watched, at each level.
func TestConstraint_sql_reads(t *testing.T) {
	t.Parallel()
	for _, level := range allLevels {
		d := newDatabase(t)
		d.install(accounts(t, "bal > (SELECT max(lim) FROM lims)", "level", level))
		d.run(`INSERT INTO lims VALUES (1, 10), (2, 20)`, `INSERT INTO account VALUES (1, 5, 2), (2, 15, NULL)`)
		d.refuses("Too much.", `INSERT INTO account VALUES (3, 21)`, `UPDATE account SET bal = 21 WHERE id = 1`,
			`UPDATE lims SET lim = 14 WHERE id = 2`, `DELETE FROM lims WHERE id = 2`,
			`TRUNCATE account, lims; INSERT INTO lims VALUES (1, 1); INSERT INTO account VALUES (1, 2)`)
		d.accepts(`INSERT INTO account VALUES (3, 20)`, `DELETE FROM lims WHERE id = 1`, `DELETE FROM lims`, `INSERT INTO lims VALUES (3, 1)`,
			`TRUNCATE account, lims`, `UPDATE lims SET lim = 15 WHERE id = 2`)
	}
}

// What SQL reads can be the model itself, and a table that the query reads in
// other ways too.
func TestConstraint_sql_reads_itself(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := accounts(t, "bal > 2 * (SELECT avg(a.bal) FROM account a)")
	p.refer(p.constraint(t, "account", "few", "Too few.", expression.Query{
		Where: nodes(op("<", path(fieldAt("account", "lim"), fieldAt("lims", "lim")), number("100")), raw("(SELECT count(*) FROM lims) < 2")),
	}), "lims")
	d.install(p)
	d.run(`INSERT INTO lims VALUES (1, 10), (2, 20)`, `INSERT INTO account VALUES (1, 2, 2), (2, 2, NULL), (3, 9, NULL), (4, 9, NULL)`)
	d.refuses("Too much.", `DELETE FROM account WHERE id = 4`, `UPDATE account SET bal = -1 WHERE id < 3`, `INSERT INTO account VALUES (5, 20)`)
	d.refuses("Too few.", `DELETE FROM lims WHERE id = 1`)
	d.accepts(`DELETE FROM lims WHERE id = 2`, `DELETE FROM account WHERE id < 3`, `DELETE FROM account WHERE id > 2`, `DELETE FROM account`, `TRUNCATE account`)
}

// Rows that break a constraint together, one of them in SQL.
func TestRace_sql(t *testing.T) {
	t.Parallel()
	for _, isolation := range []string{"read_committed", "any"} {
		d := newDatabase(t)
		p := accounts(t, "bal > (SELECT max(lim) FROM lims)", "isolation", isolation)
		p.model(t, "pizza")
		d.install(p)
		for _, p := range []pair{
			{`INSERT INTO account VALUES (1, 15)`, `DELETE FROM lims WHERE id = 2`},
			{`DELETE FROM lims WHERE id = 2`, `INSERT INTO account VALUES (1, 15)`},
			{`UPDATE lims SET lim = 12 WHERE id = 2`, `INSERT INTO account VALUES (1, 15)`},
		} {
			for level, want := range map[string]string{rc: "23514", rr: "40001"} {
				if isolation != "any" && level == rr {
					continue // refused at once
				}
				d.run(`TRUNCATE lims, account`, `INSERT INTO lims VALUES (1, 10), (2, 20)`)
				assert.Equal(t, want, d.race(racer{level, p.first}, racer{level, p.second}), "%s %s: %s, then %s", isolation, level, p.first, p.second)
			}
		}
	}
}

// TestAdvice_sql: tables that nobody watches, as they are somebody else's or no
// models.
func TestAdvice_sql(t *testing.T) {
	t.Parallel()
	p := accounts(t, "bal > (SELECT max(lim) FROM lims)")
	theirs, err := state.Encode(model.Model{Schema: "public", Table: "lims", Unmanaged: true})
	require.NoError(t, err)
	p.objects[0].Attrs = theirs
	unknown := raw("bal > (SELECT max(n) FROM old.rates)")
	unknown.Args = nodes(text("old.rates"))
	rates := p.constraint(t, "account", "rates", "No.", expression.Query{Where: nodes(unknown)})
	for a, want := range map[address.Address]string{
		address.New("triggers.constraint_trigger", "shop", "account", "most"): "changes of shop.lims are not watched by constraint trigger most",
		rates: "changes of old.rates are not watched by constraint trigger rates",
	} {
		found := detectOne(t, nil, p.state(), a, false).Diagnostics
		require.Equal(t, []string{"WH6104", "WH6106"}, codes(found), a.String())
		assert.Equal(t, want, found[0].Summary)
	}
}
