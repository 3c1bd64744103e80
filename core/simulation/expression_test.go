package simulation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/simulation"
)

// What an expression, a query or a body refers to with certainty is read from its text;
// words of SQL's grammar, labels, and what has no schema are not.
func TestReadExpressions(t *testing.T) {
	t.Parallel()
	const check = "ALTER TABLE s.t ADD CONSTRAINT c CHECK "
	for sql, want := range map[string]string{
		check + `(a > 0 AND b::s.mood = 'x'::text)`:                                                                     "column s.t.a, type s.mood, column s.t.b",
		check + `(s.f(a, 1) IS NOT NULL)`:                                                                               "function s.f, column s.t.a",
		check + `(extract(year FROM a) > 1 AND b AT TIME ZONE 'UTC' > now())`:                                           "column s.t.a, column s.t.b",
		check + `(a::timestamp (3) with time zone > date '2020-01-01')`:                                                 "column s.t.a",
		check + `(CAST(a AS double precision) BETWEEN 1 AND interval '1' year)`:                                         "column s.t.a",
		check + `(a COLLATE "C" LIKE 'x%' ESCAPE '!' AND b IS DOCUMENT)`:                                                "column s.t.a, column s.t.b",
		check + `(a OPERATOR(pg_catalog.=) ANY (ARRAY['x'::character varying(3)]))`:                                     "column s.t.a",
		check + `(make_interval(days => a) IS DISTINCT FROM "B c" AND t IS NOT NULL)`:                                   `column s.t.a, column s.t."B c"`,
		check + `(CASE WHEN a THEN b ELSE name END)`:                                                                    "column s.t.a, column s.t.b, column s.t.name",
		`ALTER TABLE s.t ALTER a SET DEFAULT nextval('s.q'::regclass)`:                                                  "relation s.q",
		`ALTER TABLE s.t ALTER a SET DEFAULT s.f('s.q')`:                                                                "function s.f",
		`CREATE TABLE s.t (a int, b int GENERATED ALWAYS AS (a + c) STORED, d int DEFAULT s.f() NOT NULL)`:              "column s.t.a, column s.t.c, function s.f",
		`CREATE POLICY p ON s.t TO staff USING (a = 1 AND EXISTS (SELECT FROM s.u x WHERE x.b = c))`:                    "relation s.u, column s.u.b",
		`ALTER POLICY p ON s.t WITH CHECK (a IN (1, 2))`:                                                                "column s.t.a",
		`CREATE TRIGGER g BEFORE UPDATE ON s.t FOR EACH ROW WHEN (new.a IS DISTINCT FROM old.b) EXECUTE FUNCTION s.f()`: "column s.t.a, column s.t.b, function s.f()",
		`CREATE VIEW s.v AS SELECT a AS x, t.b FROM s.t ORDER BY x, c`:                                                  "relation s.t, column s.t.b, column s.t.a, column s.t.c",
		`CREATE VIEW s.v AS SELECT x.a, b FROM s.t x JOIN s.u y ON y.d = x.e`:                                           "relation s.t, relation s.u, column s.t.a, column s.u.d, column s.t.e",
		`CREATE VIEW s.v AS WITH t AS (SELECT a FROM s.t) SELECT t.z FROM t`:                                            "relation s.t",
		`CREATE VIEW s.v AS SELECT q.a, y.b FROM (SELECT 1 AS a) q, s.u y, s.g(1) AS k(l)`:                              "relation s.u, function s.g, column s.u.b",
		`CREATE VIEW s.v AS SELECT y.b FROM s.t y WHERE EXISTS (SELECT FROM s.u y WHERE y.c = 1)`:                       "relation s.t, relation s.u",
		`CREATE VIEW s.v AS SELECT y.b FROM (s.t y LEFT JOIN s.u z USING (i)) WHERE z.c = 1`:                            "relation s.t, relation s.u, column s.t.b, column s.u.c",
		`UPDATE s.t SET a = b WHERE c = 1`:                                                                              "relation s.t, column s.t.a, column s.t.b, column s.t.c",
		`INSERT INTO s.t (a, b) SELECT c FROM s.u ON CONFLICT (a) DO UPDATE SET b = excluded.b`:                         "relation s.t, relation s.u",
		`DELETE FROM s.t USING s.u WHERE t.a = u.b`:                                                                     "relation s.t, relation s.u, column s.t.a, column s.u.b",
		`SELECT FROM s.t FOR UPDATE OF t SKIP LOCKED`:                                                                   "relation s.t",
		`CREATE RULE r AS ON DELETE TO s.t DO ALSO INSERT INTO s.u VALUES (old.a)`:                                      "relation s.u, column s.t.a",
		`CREATE DOMAIN s.d AS int CONSTRAINT c CHECK (s.f(VALUE))`:                                                      "function s.f",
	} {
		require.ElementsMatch(t, strings.Split(want, ", "), strings.Split(referred(simulation.Read(sql).Effects), ", "), sql)
	}
	for sql, want := range map[string]string{
		`CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'SELECT b.c FROM s.t AS b; SELECT s.g(a)'`: "relation s.t, column s.t.c, function s.g",
		`CREATE FUNCTION s.f() RETURNS int AS $$SELECT 1 FROM s.t$$ LANGUAGE sql`:                          "relation s.t",
		`CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'CREATE TABLE s.t (); SELECT 1 FROM s.t'`:       "",
		`CREATE FUNCTION s.f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN s.g(); END'`:                  "",
	} {
		r := simulation.Read(sql)
		require.Empty(t, referred(r.Effects), sql)
		require.ElementsMatch(t, strings.Split(want, ", "), strings.Split(referred(r.Body), ", "), sql)
	}
	const atomic = `CREATE FUNCTION s.f() RETURNS int BEGIN ATOMIC SELECT a FROM s.t; END`
	require.Equal(t, "relation s.t", referred(simulation.Read(atomic).Effects))
}

func referred(effects []simulation.Effect) string {
	var all []string
	for _, e := range effects {
		if e.Verb == simulation.Refers {
			all = append(all, e.Name.String())
		}
	}
	return strings.Join(all, ", ")
}
