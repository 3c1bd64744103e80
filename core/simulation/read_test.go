package simulation_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// What a statement does is read from its text; what is not followed says so, and every
// name in it is in doubt.
func TestRead(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string][]string{
		"CREATE INDEX by_title ON shop.book USING gin (lower(title), author) WHERE author > 0": {
			"need relation shop.book", "refer column shop.book.title", "need column shop.book.author", "refer column shop.book.author", "need schema shop",
			"make relation shop.by_title",
		},
		"ALTER TABLE shop.book ADD COLUMN a shop.mood, DROP COLUMN b": {
			"need relation shop.book", "drop column shop.book.b", "refer type shop.mood", "make column shop.book.a",
		},
		"DROP FUNCTION shop.f(a int4, VARIADIC text[], OUT b date), shop.g": {
			"drop function shop.f(integer, text[])", "drop function shop.g",
		},
		"CREATE TRIGGER t BEFORE UPDATE OF title ON shop.book FOR EACH ROW EXECUTE FUNCTION shop.f()": {
			"need relation shop.book", "need column shop.book.title", "refer function shop.f()", "make trigger shop.book.t",
		},
		"CREATE TRIGGER t INSTEAD OF INSERT ON shop.book FOR EACH ROW EXECUTE FUNCTION shop.f()": {
			"need relation shop.book", "refer function shop.f()", "make trigger shop.book.t",
		},
		"ALTER POLICY p ON shop.book RENAME TO q": {
			"need relation shop.book", "need policy shop.book.p", "rename policy shop.book.p",
		},
		"INSERT INTO shop.book VALUES (1)":                          {"refer relation shop.book"},
		"SELECT pg_catalog.setval('shop.book_id_seq', 1)":           {"refer relation shop.book_id_seq"},
		"CREATE TEMPORARY TABLE book (id integer)":                  nil,
		"DO 'BEGIN UPDATE shop.book SET title = 1; END'":            nil,
		"COMMENT ON COLUMN shop.book.title IS 'A; DROP'":            {"need column shop.book.title"},
		"CREATE TYPE shop.mood AS ENUM ('good')":                    {"need schema shop", "make type shop.mood"},
		"ALTER EXTENSION hstore SET SCHEMA shop":                    {"need extension hstore", "need schema shop", "move extension hstore"},
		"REVOKE ALL ON FUNCTION shop.f(text) FROM PUBLIC":           {"need function shop.f(text)"},
		"ALTER SEQUENCE shop.q OWNED BY shop.book.id":               {"need relation shop.q", "need column shop.book.id", "open relation shop.q"},
		"CREATE TYPE shop.coin AS (amount integer, mood shop.mood)": {"need schema shop", "refer type shop.mood", "make relation shop.coin"},
		"ALTER TYPE shop.coin ADD ATTRIBUTE a shop.mood, DROP ATTRIBUTE b RESTRICT": {
			"need relation shop.coin", "drop column shop.coin.b", "refer type shop.mood", "make column shop.coin.a",
		},
		"ALTER TYPE shop.coin RENAME ATTRIBUTE a TO b CASCADE": {"need relation shop.coin", "rename column shop.coin.a"},
		"CREATE DOMAIN shop.d AS shop.e CHECK (VALUE > 0)":     {"need schema shop", "make type shop.d", "refer type shop.e", "open domain constraint shop.d"},
	} {
		r := simulation.Read(sql)
		var got []string
		for _, e := range r.Effects {
			got = append(got, fmt.Sprintf("%s %s", e.Verb, e.Name))
		}
		require.Equal(t, want, got, sql)
		require.Empty(t, r.Unproven, sql)
	}
	for sql, why := range map[string]string{
		"DO 'BEGIN EXECUTE ''DROP TABLE '' || x; END'": "a DO block, which is not followed",
		"DO 'BEGIN PERFORM shop.upkeep(); END'":        "a DO block, which is not followed",
		"DO LANGUAGE plpython3u 'x'":                   "a DO block of another language than PL/pgSQL, which is not followed",
		"SELECT shop.upkeep()":                         "it runs shop.upkeep, which is not followed",
		"IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c": "a statement of a kind that is not followed, IMPORT",
	} {
		require.Equal(t, why, simulation.Read(sql).Unproven, sql)
	}
}

// A name that stands in what is not followed may be anywhere, and may have been made.
func TestNothingIsFoundInDoubt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ learned, run, want string }{
		{"CREATE TABLE public.book (id integer)", "DROP TABLE public.tome", "relation public.tome is not there"},
		{"CREATE TABLE public.book (id integer)", "COMMENT ON COLUMN public.book.name IS NULL", "column public.book.name is not there"},
		{"CREATE TYPE public.coin AS (id integer)", "ALTER TYPE public.coin RENAME ATTRIBUTE no TO id", "column public.coin.no is not there"},
		{"CREATE TYPE public.coin AS (id integer)", "ALTER TYPE public.coin ADD ATTRIBUTE id text", "column public.coin.id is there already"},
		{"CREATE TABLE public.book (id integer)", "CREATE TYPE public.book AS ENUM ('a')", "type public.book is there already"},
		{"DO 'BEGIN EXECUTE ''CREATE TABLE tome''; END'", "DROP TABLE public.tome", ""},
		{"CREATE TABLE public.book (LIKE public.tome)", "COMMENT ON COLUMN public.book.name IS NULL", ""},
		{"CREATE EXTENSION postgis SCHEMA public", "ALTER TABLE public.spatial_ref_sys ENABLE ROW LEVEL SECURITY", ""},
		{"CREATE EXTENSION postgis SCHEMA public", "DROP FUNCTION public.st_x()", "function public.st_x() is not there"},
		{"CREATE TABLE public.book (id serial)", "COMMENT ON SEQUENCE public.book_id_seq IS NULL", ""},
		{"CREATE TABLE public.book (id integer)", "ALTER TABLE cron.job DISABLE TRIGGER ALL", ""},
		{"CREATE TABLE public.book (id integer)", "CREATE INDEX i ON public.book (ctid)", ""},
		{"CREATE SEQUENCE public.q", "CREATE VIEW public.v AS SELECT q.last_value FROM public.q", ""},
		{"CREATE SEQUENCE public.q", "CREATE VIEW public.v AS SELECT q.id FROM public.q", "column public.q.id is not there"},
		{"CREATE TABLE public.book (id integer); CREATE INDEX i ON public.book ((id + 1))", "ALTER TABLE public.i RENAME COLUMN expr TO id", ""},
		{"CREATE TABLE public.book (id integer, CONSTRAINT k UNIQUE (id))", "ALTER TABLE public.k RENAME COLUMN id TO no", ""},
		{"CREATE TABLE public.book (id bigint GENERATED ALWAYS AS IDENTITY (START 7 SEQUENCE NAME public.counter))", "DROP SEQUENCE public.counter", ""},
		{"ALTER TABLE public.book ALTER id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME public.counter)", "DROP SEQUENCE public.counter", ""},
		{"CREATE TABLE public.book (id bigint GENERATED ALWAYS AS IDENTITY (START 7))", "DROP SEQUENCE public.counter", "relation public.counter is not there"},
		{"CREATE TABLE public.a PARTITION OF public.book DEFAULT; DROP TABLE public.book", "CREATE TABLE public.a (id integer)", ""},
		{"CREATE TABLE public.a PARTITION OF public.book DEFAULT; DROP TABLE public.book", "DROP TABLE public.a", "relation public.a is not there"},
		{"CREATE TABLE public.a (id integer); ALTER TABLE public.book ATTACH PARTITION public.a DEFAULT; DROP TABLE public.book", "DROP TABLE public.a", "relation public.a is not there"},
		{"CREATE TABLE public.a PARTITION OF public.book DEFAULT; ALTER TABLE public.book DETACH PARTITION public.a; DROP TABLE public.book", "DROP TABLE public.a", ""},
		{"CREATE TABLE public.a (id integer); DROP TABLE public.book CASCADE", "DROP TABLE public.a", ""},
		{"CREATE TABLE public.a (id integer); DROP TABLE public.book CASCADE", "CREATE TABLE public.a ()", "relation public.a is there already"},
	} {
		catalog := simulation.Empty()
		for _, s := range sqltext.Split(c.learned) {
			catalog.Learn(simulation.Read(s.Text))
		}
		fault := catalog.Run(simulation.Read(c.run))
		if c.want == "" {
			require.Nil(t, fault, c.run)
			continue
		}
		require.NotNil(t, fault, c.run)
		require.Equal(t, c.want, fault.String())
	}
}
