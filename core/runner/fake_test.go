package runner_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// sqlOf is a migration of statements.
func sqlOf(id string, statements ...string) *migration.Migration {
	m := creation(id, pizza)
	m.Operations[0].Up = operation.SQL(statements...)
	return m
}

// founded returns what speaks against recording all migrations only; empty if nothing
// does.
func (b *bench) founded(place string) diag.Diagnostic {
	b.t.Helper()
	way, _, err := b.To(b.t.Context(), place, true)
	require.NoError(b.t, err)
	require.NotEmpty(b.t, way.Stages)
	_, err = b.Founded(b.t.Context(), way, detect.DefinitionsOf(builtin.Detectors()...))
	if err == nil {
		return diag.Diagnostic{}
	}
	var d diag.Diagnostic
	require.ErrorAs(b.t, err, &d)
	require.Equal(b.t, "WH0133", d.Code)
	return d
}

// A table that later migrations gave another name is looked for by that.
func TestFoundedBeforeWhatIsApplied(t *testing.T) {
	t.Parallel()
	later := sqlOf(second, `ALTER TABLE public.pizza RENAME TO tart`)
	later.Parents = []string{first}
	b := newBench(t, sqlOf(first, `CREATE TABLE public.pizza (id int)`), later)
	require.NoError(t, b.e.Fake(t.Context(), b.Script(second), postgres.Up))
	b.run(`CREATE TABLE public.tart (id int)`)
	require.Empty(t, b.founded(first))
}

// What a way leaves has to be there, by the names that it has in the end.
func TestFounded(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlOf(first,
		`CREATE TABLE public.pizza (id int)`, `CREATE UNLOGGED TABLE IF NOT EXISTS shop."A b" (id int)`, `create table public.loose as select 1`,
		`CREATE TABLE public.dropped (id int)`, `CREATE TEMP TABLE passing (id int)`, `DROP TABLE IF EXISTS public.other, public.dropped CASCADE`,
		`ALTER TABLE ONLY public.pizza RENAME TO tart`, `ALTER TABLE public.tart ADD COLUMN no int`, `ALTER TABLE public.tart RENAME COLUMN no TO number`,
		`ALTER TABLE IF EXISTS public.tart SET SCHEMA shop`, `ALTER SCHEMA shop RENAME TO store`, `DO $$BEGIN CREATE TABLE unseen (); END$$`))
	d := b.founded("")
	require.Equal(t, "There is no table public.loose.\nThere is no table store.\"A b\".\nThere is no table store.tart.\nNothing was recorded.", d.Detail)
	require.Contains(t, d.Next, "the right database")

	b.run(`CREATE SCHEMA store; CREATE TABLE store.tart (); CREATE TABLE store."A b" ()`)
	d = b.founded("")
	require.Equal(t, "There is no table public.loose.\nThere is no column store.tart.number.\nNothing was recorded.", d.Detail)
	require.Contains(t, d.Next, "whimbrel migrate --to ID --fake")
	b.run(`CREATE TABLE public.loose AS SELECT 1; ALTER TABLE store.tart ADD number int`)
	require.Empty(t, b.founded("").Detail)
	way, err := b.Back(t.Context(), 1)
	require.NoError(t, err)
	_, err = b.Founded(t.Context(), way, nil)
	require.NoError(t, err)
}

// everything is a migration with one of each that is compared.
var everything = []string{
	`CREATE SCHEMA shop`,
	`CREATE TYPE shop.size AS ENUM ('small', 'it''s')`, `ALTER TYPE shop.size ADD VALUE 'large'`, `ALTER TYPE shop.size RENAME VALUE 'small' TO 'tiny'`,
	`CREATE TYPE shop.coin AS (amount integer, side text)`, `ALTER TYPE shop.coin RENAME ATTRIBUTE side TO face`, `ALTER TYPE shop.coin ADD ATTRIBUTE year integer, ALTER ATTRIBUTE amount TYPE bigint`,
	`CREATE DOMAIN shop.price AS numeric(8,2)`, `CREATE SEQUENCE shop.numbers`,
	`CREATE TABLE shop.pizza (id bigserial, name varchar(20) NOT NULL, size shop.size[], cost shop.price, CONSTRAINT pizza_pkey PRIMARY KEY (id))`,
	`CREATE INDEX pizza_name ON shop.pizza (name)`,
	`ALTER TABLE shop.pizza ALTER COLUMN name TYPE varchar(30), ADD CONSTRAINT named CHECK (name <> '')`,
	`CREATE VIEW shop.cheap AS SELECT id FROM shop.pizza`, `CREATE MATERIALIZED VIEW shop.stats AS SELECT id FROM shop.pizza`,
	`CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
	`CREATE TRIGGER touched BEFORE UPDATE ON shop.pizza FOR EACH ROW EXECUTE FUNCTION shop.touch()`,
	`CREATE POLICY own ON shop.pizza USING (true)`,
}

// Whatever a migration makes is missed where it is not there, or is something else.
func TestFoundedNamesEach(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlOf(first, everything...))
	for _, sql := range everything {
		b.run(sql)
	}
	require.Empty(t, b.founded("").Detail)
	for _, step := range []struct{ breaks, told string }{
		{`ALTER TABLE shop.pizza ALTER name TYPE varchar(20)`, "Column shop.pizza.name is varchar(20), not varchar(30)."},
		{`ALTER TABLE shop.pizza DROP cost`, "There is no column shop.pizza.cost."},
		{`ALTER TABLE shop.pizza ALTER size TYPE text[]`, "Column shop.pizza.size is text[], not shop.size[]."},
		{`ALTER TABLE shop.pizza DROP CONSTRAINT named`, "There is no constraint shop.pizza.named."},
		{`DROP INDEX shop.pizza_name`, "There is no index shop.pizza_name."},
		{`DROP VIEW shop.cheap; CREATE TABLE shop.cheap ()`, "There is no view shop.cheap."},
		{`DROP MATERIALIZED VIEW shop.stats`, "There is no materialized view shop.stats."},
		{`DROP TRIGGER touched ON shop.pizza`, "There is no trigger shop.pizza.touched."},
		{`DROP FUNCTION shop.touch(); CREATE FUNCTION shop.touch(int) RETURNS int LANGUAGE sql AS 'SELECT 1'`, "There is no function shop.touch."},
		{`DROP POLICY own ON shop.pizza`, "There is no policy shop.pizza.own."},
		{`ALTER TYPE shop.coin DROP ATTRIBUTE year`, "There is no column shop.coin.year."},
		{`ALTER TYPE shop.coin ALTER ATTRIBUTE amount TYPE integer`, "Column shop.coin.amount is integer, not bigint."},
		{`ALTER TYPE shop.coin RENAME ATTRIBUTE face TO side`, "There is no column shop.coin.face."},
		{`DROP DOMAIN shop.price`, "There is no domain shop.price."},
		{`DROP SEQUENCE shop.numbers`, "There is no sequence shop.numbers."},
		{`DROP TYPE shop.size; CREATE TYPE shop.size AS ENUM ('small', 'it''s', 'large')`, "Type shop.size has no value 'tiny'."},
	} {
		b.run(step.breaks)
		require.Contains(t, b.founded("").Detail, step.told+"\n", step.breaks)
	}
	b.run(`DROP TABLE shop.pizza CASCADE; DROP TYPE shop.coin`)
	require.NotContains(t, b.founded("").Detail, "column shop.coin", "nor does what is part of a type")
	require.NotContains(t, b.founded("").Detail, "column shop.pizza", "what is part of a table that is not there needs no word")
	require.Contains(t, b.founded("").Detail, "There is no table shop.pizza.\n")
}

// What is there under the right name and is something else is told as the server writes
// it; so is what a name without a schema makes.
func TestFoundedComparesDefinitions(t *testing.T) {
	t.Parallel()
	for name, step := range map[string]struct{ made, there, told string }{
		"the order of values": {
			`CREATE TYPE public.size AS ENUM ('small', 'large')`, `CREATE TYPE public.size AS ENUM ('large', 'small')`,
			"Type public.size is\n  CREATE TYPE public.size AS ENUM ('large', 'small')\nnot\n  CREATE TYPE public.size AS ENUM ('small', 'large').",
		},
		"a check": {
			`CREATE TABLE public.t (a int, CONSTRAINT k CHECK (a > 0))`, `CREATE TABLE public.t (a int, CONSTRAINT k CHECK (a > 1))`,
			"Constraint public.t.k is\n  ALTER TABLE ONLY public.t ADD CONSTRAINT k CHECK ((a > 1))\nnot\n  ALTER TABLE ONLY public.t ADD CONSTRAINT k CHECK ((a > 0)).",
		},
		"the predicate of an index": {
			`CREATE TABLE public.t (a int); CREATE INDEX i ON public.t (a) WHERE a > 0`, `CREATE TABLE public.t (a int); CREATE INDEX i ON public.t (a)`,
			"Index public.i is\n  CREATE INDEX i ON public.t USING btree (a)\nnot\n  CREATE INDEX i ON public.t USING btree (a) WHERE (a > 0).",
		},
		"an index that is built beside": {
			`CREATE TABLE public.t (a int); CREATE INDEX CONCURRENTLY i ON public.t (a)`, `CREATE TABLE public.t (a int, b int); CREATE INDEX i ON public.t (b)`,
			"Index public.i is\n  CREATE INDEX i ON public.t USING btree (b)\nnot\n  CREATE INDEX i ON public.t USING btree (a).",
		},
		"a query": {
			`CREATE VIEW public.v AS SELECT 1 AS a`, `CREATE VIEW public.v AS SELECT 2 AS a`, "View public.v is\n  SELECT 2 AS a\nnot\n  SELECT 1 AS a.",
		},
		"a materialized query": {
			`CREATE MATERIALIZED VIEW public.v AS SELECT 1 AS a`, `CREATE MATERIALIZED VIEW public.v AS SELECT 2 AS a`,
			"Materialized view public.v is\n  SELECT 2 AS a\nnot\n  SELECT 1 AS a.",
		},
		"a body": {
			`CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`, `CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 2'`,
			"Function public.f() is\n  AS $function$SELECT 2$function$\nnot\n  AS $function$SELECT 1$function$.",
		},
		"a condition of a trigger": {
			touched("(new.a > 0)"), touched("(new.a > 1)"),
			"Trigger public.t.g is\n  CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW WHEN ((new.a > 1)) EXECUTE FUNCTION public.f()\nnot\n  " +
				"CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW WHEN ((new.a > 0)) EXECUTE FUNCTION public.f().",
		},
		"a default": {
			`CREATE TABLE public.t (a int DEFAULT 1)`, `CREATE TABLE public.t (a int)`, "Column public.t.a is\n  a integer\nnot\n  a integer DEFAULT 1.",
		},
		"a NOT NULL": {
			`CREATE TABLE public.t (a int NOT NULL)`, `CREATE TABLE public.t (a int)`, "Column public.t.a is\n  a integer\nnot\n  a integer NOT NULL.",
		},
		"what refers to a table without a schema": {
			`CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t`, `CREATE SCHEMA o; CREATE TABLE o.t (a int); CREATE VIEW v AS SELECT a FROM o.t; CREATE TABLE t ()`,
			"There is no column public.t.a.\nView public.v is\n  FROM o.t\nnot\n  FROM public.t.",
		},
		"a name without a schema that is in another one": {
			`CREATE TABLE t (a int)`, `CREATE SCHEMA o; CREATE TABLE o.t (a int)`, "There is no table public.t.",
		},
		"a name without a schema under a path": {
			`CREATE SCHEMA o; SET search_path = o; CREATE TABLE t (a int)`, `CREATE SCHEMA o; CREATE TABLE t (a int)`, "There is no table o.t.",
		},
		"a condition of a policy, a domain and a sequence": {
			`CREATE TABLE public.t (a int); CREATE POLICY p ON public.t USING (a = 1); CREATE DOMAIN public.d AS int CHECK (value > 0); CREATE SEQUENCE public.s INCREMENT 2`,
			`CREATE TABLE public.t (a int); CREATE POLICY p ON public.t USING (a = 1); CREATE DOMAIN public.d AS int CHECK (value > 1); CREATE SEQUENCE public.s INCREMENT 3`,
			"Domain public.d is\n  CREATE DOMAIN public.d AS integer CONSTRAINT d_check CHECK ((VALUE > 1))\nnot\n  CREATE DOMAIN public.d AS integer CONSTRAINT d_check CHECK ((VALUE > 0)).\n" +
				"Sequence public.s is\n  CREATE SEQUENCE public.s AS bigint START WITH 1 INCREMENT BY 3 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1\nnot\n  " +
				"CREATE SEQUENCE public.s AS bigint START WITH 1 INCREMENT BY 2 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sqlOf(first, strings.Split(step.made, "; ")...))
			b.run(step.there)
			require.Equal(t, step.told+"\nNothing was recorded.", b.founded("").Detail)
			b.run(`SELECT 1 FROM pg_class`) // the session is as it was
		})
	}
}

// touched is a table with a trigger that has a condition.
func touched(condition string) string {
	return `CREATE TABLE public.t (a int); CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new;END'; ` +
		`CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW WHEN ` + condition + ` EXECUTE FUNCTION public.f()`
}

// Who may not give schemas other names is told that definitions were not compared.
func TestFoundedWithoutRights(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlOf(first, `CREATE VIEW public.v AS SELECT 1 AS a`))
	b.run(`CREATE VIEW public.v AS SELECT 2 AS a; CREATE ROLE nobodys NOLOGIN; GRANT USAGE ON SCHEMA whimbrel TO nobodys`)
	b.run(`GRANT SELECT ON ALL TABLES IN SCHEMA whimbrel TO nobodys; SET ROLE nobodys`)
	way, _, err := b.To(t.Context(), "", true)
	require.NoError(t, err)
	problems, err := b.Founded(t.Context(), way, detect.DefinitionsOf(builtin.Detectors()...))
	require.NoError(t, err)
	require.Len(t, problems, 1)
	require.Equal(t, "WH0142", problems[0].Code)
	b.run(`RESET ROLE; DROP OWNED BY nobodys; DROP ROLE nobodys`)
}

// A database that was restored from a dump has expressions in other words.
func TestFoundedInRestored(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlOf(first,
		`CREATE TABLE public.t (a varchar(9), b bool GENERATED ALWAYS AS (a IN ('x', 'y')) STORED, CONSTRAINT k CHECK (a IN ('x', 'y')))`,
		`CREATE DOMAIN public.d AS varchar(9) CONSTRAINT d CHECK (value IN ('x', 'y'))`,
		`CREATE INDEX i ON public.t (a) WHERE a IN ('x', 'y')`, `CREATE VIEW public.v AS SELECT a FROM public.t WHERE a IN ('x', 'y')`))
	const list = ` = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])`
	b.run(`CREATE TABLE public.t (a varchar(9), b bool GENERATED ALWAYS AS ((a)::text` + list + `) STORED, CONSTRAINT k CHECK ((a)::text` + list + `));
		CREATE DOMAIN public.d AS varchar(9) CONSTRAINT d CHECK ((value)::text` + list + `);
		CREATE INDEX i ON public.t (a) WHERE (a)::text` + list + `; CREATE VIEW public.v AS SELECT a FROM public.t WHERE (a)::text` + list)
	require.Empty(t, b.founded("").Detail)
}

// What SQL did that cannot be followed, and what PostgreSQL does along with it, is no
// reason to refuse.
func TestFoundedBelieves(t *testing.T) {
	t.Parallel()
	for name, statements := range map[string][]string{
		"a column made conditionally": {`CREATE TABLE public.t (a int)`, `DO $$BEGIN IF false THEN ALTER TABLE public.t ADD b int; END IF; END$$`},
		"a column dropped in a DO":    {`CREATE TABLE public.t (a int, b int)`, `DO $$BEGIN ALTER TABLE public.t DROP b; END$$`},
		"SQL that is put together":    {`CREATE TABLE public.t (a int, b int)`, `DO $$BEGIN EXECUTE 'ALTER TABLE public.' || 't' || ' DROP b'; END$$`},
		"a function that does it": {
			`CREATE TABLE public.t (a int, b int)`, `CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS 'ALTER TABLE public.t DROP b'`, `SELECT public.f()`,
		},
		"an index that went with its column":     {`CREATE TABLE public.t (a int, b int)`, `CREATE INDEX i ON public.t (b)`, `ALTER TABLE public.t DROP b`},
		"an index that became a key":             {`CREATE TABLE public.t (a int NOT NULL)`, `CREATE UNIQUE INDEX i ON public.t (a)`, `ALTER TABLE public.t ADD CONSTRAINT k UNIQUE USING INDEX i`},
		"a key renamed with its index":           {`CREATE TABLE public.t (a int, CONSTRAINT k UNIQUE (a))`, `ALTER INDEX public.k RENAME TO l`},
		"an index renamed with its key":          {`CREATE TABLE public.t (a int, CONSTRAINT k UNIQUE (a))`, `ALTER TABLE public.t RENAME CONSTRAINT k TO l`, `ALTER INDEX public.l RENAME TO m`},
		"what a cascade takes":                   {`CREATE TABLE public.t (a int)`, `CREATE VIEW public.v AS TABLE public.t`, `CREATE TABLE public.u (a int)`, `DROP TABLE public.t CASCADE`},
		"a partition that went with its table":   {`CREATE TABLE public.t (a int) PARTITION BY LIST (a)`, `CREATE TABLE public.p PARTITION OF public.t FOR VALUES IN (1)`, `DROP TABLE public.t`},
		"one that was attached":                  {`CREATE TABLE public.t (a int) PARTITION BY LIST (a)`, `CREATE TABLE public.p (a int)`, `ALTER TABLE public.t ATTACH PARTITION public.p FOR VALUES IN (1)`, `DROP TABLE public.t`},
		"a sequence that went with its column":   {`CREATE TABLE public.t (a int)`, `CREATE SEQUENCE public.s OWNED BY public.t.a`, `DROP TABLE public.t`},
		"a sequence moved with its table":        {`CREATE SCHEMA o`, `CREATE TABLE public.t (a int)`, `CREATE SEQUENCE public.s OWNED BY public.t.a`, `ALTER TABLE public.t SET SCHEMA o`},
		"a type that got another name":           {`CREATE TYPE public.e AS ENUM ('x')`, `CREATE TABLE public.t (a public.e)`, `ALTER TYPE public.e RENAME TO f`},
		"a type in a schema of another name":     {`CREATE SCHEMA o`, `CREATE TYPE o.e AS ENUM ('x')`, `CREATE TABLE public.t (a o.e)`, `ALTER SCHEMA o RENAME TO p`},
		"a table that was there with less":       {`CREATE TABLE public.t (a int)`, `CREATE TABLE IF NOT EXISTS public.t (a int, b int)`},
		"a name that a search path leads to":     {`CREATE SCHEMA o`, `SET search_path = o`, `CREATE TYPE e AS ENUM ('x')`, `CREATE TABLE t (a e, b e[])`},
		"spellings of one type":                  {`CREATE TABLE public.t (a decimal(8), b character, c int[3][], d timestamp (3) with time zone, e interval day, f bit, g float(3), h serial, i "char", j char varying)`},
		"a temporary table":                      {`CREATE TEMP TABLE t (a int)`, `ALTER TABLE t ADD b int`, `DROP TABLE t`},
		"functions with arguments of many modes": {`CREATE FUNCTION public.f(a int, OUT b int, VARIADIC c int[] DEFAULT '{}') LANGUAGE sql AS 'SELECT 1'`, `CREATE AGGREGATE public.s(int) (sfunc = int4pl, stype = int)`},
		"what rows are for":                      {`CREATE TABLE public.t (a int)`, `INSERT INTO public.t VALUES (1)`, `CREATE TABLE public.u AS SELECT a FROM public.t`, `CREATE MATERIALIZED VIEW public.v AS SELECT 1 / a AS b FROM public.t WITH DATA`},
		"what nobody declared":                   {`CREATE EXTENSION citext`, `CREATE TABLE public.t (a citext, CHECK (a <> ''))`, `ALTER TABLE public.t ALTER a SET DEFAULT 'x'`, `GRANT SELECT ON public.t TO public`},
		"a view that is replaced":                {`CREATE VIEW public.v AS SELECT 1 AS a`, `CREATE OR REPLACE VIEW public.v AS SELECT 1 AS a, 2 AS b`, `ALTER VIEW public.v RENAME TO w`},
		"a default that is dropped":              {`CREATE TABLE public.t (a int DEFAULT 1)`, `ALTER TABLE public.t ALTER a DROP DEFAULT`, `ALTER TABLE public.t ALTER a SET NOT NULL`},
		"a table of a type and one of a select":  {`CREATE TYPE public.c AS (a int)`, `CREATE TABLE public.t OF public.c`, `CREATE TABLE public.u AS SELECT 1 AS a`, `ALTER TABLE public.u RENAME a TO b`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sqlOf(first, statements...))
			for _, sql := range statements {
				b.run(sql)
			}
			require.Empty(t, b.founded("").Detail)
		})
	}
}
