package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A bench runs comparisons on a database.
type bench struct {
	ctx          context.Context
	db           *postgres.Database
	only         string // the part to measure; empty: all
	rows, rounds int
}

// A variant is one way to do what a comparison is about. The first one of a
// comparison is the measure of the others.
type variant struct {
	name   string
	short  string // the name of its table
	setup  setup
	ours   bool
	target float64 // the most that it may take; 0: that of the comparison
}

// A result is a comparison: each variant's time as a multiple of the first's.
type result struct {
	title  string
	target float64 // of ours; 0: none
	lines  []line
}

type line struct {
	variant
	took  time.Duration
	ratio float64
	note  string
}

func (b *bench) exec(sql string) error {
	_, err := b.db.Query(b.ctx, sql)
	return err
}

func (b *bench) value(sql string) (string, error) {
	rows, err := b.db.Query(b.ctx, sql)
	if err != nil || len(rows.Values) == 0 {
		return "", err
	}
	return rows.Values[0][0], nil
}

// timed returns how long SQL takes.
func (b *bench) timed(sql string) (time.Duration, error) {
	start := time.Now()
	err := b.exec(sql)
	return time.Since(start), err
}

// compare runs a measurement of each variant in turns, and takes the median of
// their times: what other programs do to them falls on all alike.
func (b *bench) compare(title string, target float64, rounds int, variants []variant, measure func(table string, round int) (time.Duration, error)) (result, error) {
	took := make([][]time.Duration, len(variants))
	for round := range rounds {
		for i, v := range variants {
			d, err := measure(v.short, round)
			if err != nil {
				return result{}, fmt.Errorf("%s, %s: %w", title, v.name, err)
			}
			took[i] = append(took[i], d)
		}
	}
	r := result{title: title, target: target}
	for i, v := range variants {
		r.add(line{variant: v, took: median(took[i])})
	}
	return r, nil
}

func (r *result) add(lines ...line) {
	for _, l := range lines {
		r.lines = append(r.lines, l)
		r.lines[len(r.lines)-1].ratio = float64(l.took) / float64(r.lines[0].took)
	}
}

func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

func (b *bench) all() ([]result, error) {
	var results []result
	for _, part := range []struct {
		name    string
		measure func() ([]result, error)
	}{{"constraints", b.constraints}, {"audits", b.audits}} {
		if b.only != "" && b.only != part.name {
			continue
		}
		more, err := part.measure()
		if err != nil {
			return nil, err
		}
		results = append(results, more...)
	}
	return results, nil
}

// constraints compares triggers that keep a pizza at five toppings.
func (b *bench) constraints() ([]result, error) {
	bulk := []variant{
		{name: "no trigger", short: "c_none", setup: none},
		{name: "whimbrel, level = row (default)", short: "c_row", setup: constraint(nil), ours: true},
		{name: "whimbrel, level = statement", short: "c_statement", setup: constraint(map[string]any{"level": "statement"}), ours: true},
		{name: "whimbrel, level = deferred_bulk", short: "c_bulk", setup: constraint(map[string]any{"level": "deferred_bulk"}), ours: true},
		{name: "row, isolation = any", short: "c_any", setup: constraint(map[string]any{"isolation": "any"}), ours: true},
		{
			name: "statement, isolation = any", short: "c_any_statement", ours: true,
			setup: constraint(map[string]any{"isolation": "any", "level": "statement"}),
		},
	}
	single := append(slices.Clone(bulk), variant{name: "whole query for each row", short: "c_naive", setup: naive})
	for _, v := range single {
		if err := b.makeToppings(v); err != nil {
			return nil, fmt.Errorf("%s: %w", v.name, err)
		}
	}
	place := b.rows
	insert := func(table string, round int) (time.Duration, error) {
		place++
		return b.timed(fmt.Sprintf("INSERT INTO %s VALUES (%d, %d, 1)", table, place, round%b.rows))
	}
	one, err := b.compare(fmt.Sprintf("Insert of one row into %d, a transaction each", b.rows), 1.6, 200*b.rounds, single[:len(bulk)], insert)
	if err != nil {
		return nil, err
	}
	naive, err := b.compare("", 0, b.rounds, single[len(bulk):], insert)
	if err != nil {
		return nil, err
	}
	one.aim()
	one.add(naive.lines...)
	many, err := b.compare("Insert of 10,000 rows into 2,500 groups", 1.4, 2*b.rounds, bulk, func(table string, round int) (time.Duration, error) {
		place += 10_000
		return b.timed(fmt.Sprintf("INSERT INTO %s SELECT %d + i, %d + i / 4, 1 FROM generate_series(0, 9999) i",
			table, place, b.rows+round*10_000))
	})
	many.aim()
	return []result{one, many}, err
}

// aim has each line of ours say whether it meets the goal of the comparison.
func (r *result) aim() {
	for i, l := range r.lines {
		if l.ours {
			r.lines[i].target = r.target
		}
	}
}

// makeToppings makes a table with one row for each pizza, then its triggers.
func (b *bench) makeToppings(v variant) error {
	sql, err := v.setup(v.short)
	if err != nil {
		return err
	}
	load := strings.ReplaceAll(`CREATE TABLE @ (id bigint PRIMARY KEY, pizza_id integer NOT NULL, topping_id integer NOT NULL);
		INSERT INTO @ SELECT i, i, 1 FROM generate_series(1, `+strconv.Itoa(b.rows)+`) i;
		CREATE INDEX ON @ (pizza_id);`, "@", v.short)
	if err := b.exec(load + sql); err != nil {
		return err
	}
	return b.exec("VACUUM ANALYZE " + v.short)
}

// auditedColumns are those of the audited table besides its id.
var auditedColumns = []string{
	"name text", "price numeric", "doc jsonb", "note text", "made timestamptz", "seen timestamptz", "a integer", "b integer", "c boolean",
}

// audits compares triggers that record changes.
func (b *bench) audits() ([]result, error) {
	variants := []variant{
		{name: "no audit", short: "a_none", setup: none},
		{name: "whimbrel", short: "a_log", setup: audit(map[string]any{}), ours: true, target: 5},
		{name: "whimbrel, new = full", short: "a_full", setup: audit(map[string]any{"new": "full"}), ours: true},
		{name: "whimbrel, level = row", short: "a_row", setup: audit(map[string]any{"level": "row"}), ours: true},
		{name: "whimbrel, storage = history", short: "a_hist", setup: audit(map[string]any{"storage": "history"}), ours: true, target: 3.5},
		{name: "row trigger, generic jsonb", short: "a_generic", setup: generic},
		{name: "row trigger, hstore", short: "a_hstore", setup: hstore},
		{name: "row trigger, catalog look-ups", short: "a_lookups", setup: lookups},
	}
	if err := b.exec("CREATE EXTENSION hstore SCHEMA public"); err != nil {
		return nil, err
	}
	for _, v := range variants {
		if err := b.makeItems(v); err != nil {
			return nil, fmt.Errorf("%s: %w", v.name, err)
		}
	}
	place := 0
	bulk, err := b.compare("Insert, update and delete of 10,000 rows, a statement each", 5, b.rounds, variants, func(table string, _ int) (time.Duration, error) {
		place += 10_000
		return b.timed(strings.NewReplacer("@", table, "PLACE", strconv.Itoa(place)).Replace(
			`INSERT INTO @ SELECT PLACE + i, ` + itemValues + `; UPDATE @ SET price = price + 1, seen = now() WHERE id >= PLACE; DELETE FROM @ WHERE id >= PLACE`))
	})
	if err != nil {
		return nil, err
	}
	if err := b.sizes(&bulk); err != nil {
		return nil, err
	}
	for i, v := range variants {
		if v.target > 0 {
			variants[i].target = 2
		}
	}
	one, err := b.compare("Insert and update of one row, a transaction each", 2, 100*b.rounds, variants, func(table string, round int) (time.Duration, error) {
		place++
		insert, err := b.timed(fmt.Sprintf("INSERT INTO %s VALUES (%d, 'item', 1, '{\"a\": 1, \"b\": [2, 3]}', repeat('x', 80), now(), now(), 1, 1, true)", table, place))
		if err != nil {
			return 0, err
		}
		update, err := b.timed(fmt.Sprintf("UPDATE %s SET price = price + 1 WHERE id = %d", table, round%10_000-1_000_000))
		return insert + update, err
	})
	return []result{bulk, one}, err
}

const itemValues = `'item ' || i, i, '{"a": 1, "b": [2, 3]}', repeat('x', 80), now(), now(), i, i, true FROM generate_series(0, 9999) i`

// makeItems makes a table of items, then its triggers.
func (b *bench) makeItems(v variant) error {
	sql, err := v.setup(v.short)
	if err != nil {
		return err
	}
	err = b.exec("CREATE TABLE " + v.short + " (id bigint PRIMARY KEY, " + strings.Join(auditedColumns, ", ") + ");" +
		"INSERT INTO " + v.short + " SELECT i - 1000000, " + itemValues + ";" + sql)
	if err != nil {
		return err
	}
	return b.exec("VACUUM ANALYZE " + v.short)
}

// maxBytes is what the record of an update may take.
const maxBytes = 400

// sizes notes how many bytes the record of an update takes.
func (b *bench) sizes(r *result) error {
	for i, l := range r.lines {
		from := map[string]string{
			"a_generic": l.short + "_log x WHERE action = 'U'", "a_lookups": l.short + "_log x WHERE op = 'UPDATE'",
			"a_hstore": l.short + "_log x WHERE action = 'U'", "a_hist": "audit." + l.short + "_history x WHERE operation = 'UPDATE'",
		}[l.short]
		switch {
		case l.short == "a_none":
			continue
		case from == "":
			from = "audit.log x WHERE operation = 'UPDATE' AND table_name = '" + l.short + "'"
		}
		size, err := b.value("SELECT round(avg(pg_column_size(x.*))) FROM " + from)
		if err != nil {
			return err
		}
		r.lines[i].note = size + " bytes for an update"
		if bytes, err := strconv.Atoi(size); err == nil && l.ours {
			r.lines[i].note += fmt.Sprintf(" (goal %d: %s)", maxBytes, met(float64(bytes) <= maxBytes))
		}
	}
	return nil
}
