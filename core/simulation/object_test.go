package simulation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/simulation"
)

// What statements made is known with its type, its values and who made it, whatever it
// is called in the end.
func TestObjects(t *testing.T) {
	t.Parallel()
	catalog := simulation.Empty()
	for by, sql := range []string{
		"CREATE SCHEMA shop",
		"CREATE TYPE shop.mood AS ENUM ('good', 'it''s')",
		"CREATE TABLE shop.book (id bigserial, title varchar(20) COLLATE \"C\" NOT NULL, at timestamp (3) with time zone, mood shop.mood)",
		"ALTER TABLE shop.book RENAME TO tome",
		"ALTER TABLE shop.tome RENAME COLUMN title TO name",
		"ALTER TABLE shop.tome ALTER COLUMN at TYPE date",
		"ALTER TYPE shop.mood ADD VALUE 'bad' BEFORE 'good'",
		"ALTER TYPE shop.mood RENAME VALUE 'it''s' TO 'is'",
		"ALTER TYPE shop.mood RENAME TO humour",
		"CREATE FUNCTION shop.f(a integer, OUT b text) LANGUAGE sql AS 'SELECT 1'",
		"CREATE TABLE IF NOT EXISTS elsewhere.a (id integer)",
		"CREATE TYPE shop.coin AS (amount integer, side text COLLATE \"C\", year integer)",
		"ALTER TYPE shop.coin RENAME ATTRIBUTE side TO face",
		"ALTER TYPE shop.coin DROP ATTRIBUTE IF EXISTS year, ADD ATTRIBUTE mint text, ALTER ATTRIBUTE amount SET DATA TYPE bigint",
		"ALTER TYPE shop.coin RENAME TO token",
	} {
		catalog.LearnOf(by, simulation.Read(sql))
	}
	type known struct {
		kind, name, typ string
		by              int
		values          []string
	}
	var got []known
	for _, o := range catalog.Objects() {
		got = append(got, known{kind: o.Kind, name: o.Name.String(), typ: o.Type, by: o.By, values: o.Values})
	}
	require.Equal(t, []known{
		{kind: "schema", name: "schema shop", by: 0},
		{kind: "table", name: "relation shop.tome", by: 2},
		{kind: "column", name: "column shop.tome.id", by: 2},
		{kind: "column", name: "column shop.tome.mood", by: 2},
		{kind: "column", name: "column shop.tome.name", typ: "varchar(20)", by: 2},
		{kind: "column", name: "column shop.tome.at", typ: "date", by: 5},
		{kind: "type", name: "type shop.humour", by: 7, values: []string{"good", "bad", "is"}},
		{kind: "function", name: "function shop.f(integer)", by: 9},
		{kind: "table", name: "relation elsewhere.a", by: 10},
		{kind: "type", name: "relation shop.token", by: 11},
		{kind: "column", name: "column shop.token.face", typ: "text", by: 11},
		{kind: "column", name: "column shop.token.amount", typ: "bigint", by: 13},
		{kind: "column", name: "column shop.token.mint", typ: "text", by: 13},
	}, got)
}

// Whose rows a statement reads, and which ones may make it fail.
func TestRows(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]struct {
		rows   simulation.Rows
		source string
		tries  bool
	}{
		"CREATE TABLE shop.a (id integer)":                    {},
		"CREATE TABLE shop.a AS SELECT * FROM shop.b":         {rows: simulation.NamedRows, source: "AS SELECT * FROM shop.b"},
		"CREATE MATERIALIZED VIEW shop.a AS TABLE shop.b":     {rows: simulation.NamedRows, source: "AS TABLE shop.b"},
		"CREATE VIEW shop.a AS TABLE shop.b":                  {},
		"UPDATE ONLY shop.a SET x = y FROM shop.b":            {rows: simulation.NamedRows, source: "SET x = y FROM shop.b"},
		"DELETE FROM shop.a USING shop.b":                     {rows: simulation.NamedRows, source: "DELETE FROM shop.a USING shop.b"},
		"SELECT setval('shop.q', 1)":                          {},
		"SELECT 1":                                            {rows: simulation.AnyRows},
		"DO 'BEGIN END'":                                      {rows: simulation.AnyRows},
		"CREATE UNIQUE INDEX i ON shop.a (x)":                 {tries: true},
		"CREATE INDEX i ON shop.a (x)":                        {},
		"ALTER TABLE shop.a ADD CONSTRAINT c CHECK (x > 0)":   {tries: true},
		"ALTER TABLE shop.a ADD COLUMN x integer NOT NULL":    {tries: true},
		"ALTER TABLE shop.a ADD COLUMN x integer":             {},
		"ALTER TABLE shop.a ALTER COLUMN x TYPE text":         {tries: true},
		"ALTER TABLE shop.a ALTER COLUMN x SET NOT NULL":      {tries: true},
		"ALTER TABLE shop.a ALTER COLUMN x DROP NOT NULL":     {},
		"ALTER TABLE shop.a VALIDATE CONSTRAINT c":            {tries: true},
		"ALTER TABLE shop.a RENAME COLUMN x TO y":             {},
		"COMMENT ON TABLE shop.a IS 'ALTER COLUMN TYPE; ADD'": {},
	} {
		r := simulation.Read(sql)
		tries := false
		for _, e := range r.Effects {
			tries = tries || e.Verb == simulation.Tries && e.Name.Name == "a"
		}
		require.Equal(t, want.rows, r.Rows, sql)
		require.Equal(t, want.tries, tries, sql)
		if want.rows == simulation.NamedRows {
			require.Equal(t, want.source, sql[r.Source:], sql)
		}
	}
}
