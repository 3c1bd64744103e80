package review_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

var shared = parser.New(nil)

// newReview is that of a plugin in a database with the table public.book (title,
// with the index book_title and the constraint book_pkey), the type public.status
// and the function audit.log of others, and public.shelf of its own.
func newReview() *review.Review {
	others, own := review.Names{}, review.Names{}
	for _, name := range []review.Name{
		review.Relation("public", "book"), review.Type("public", "book"), review.Part("column", "public", "book", "title"),
		review.Relation("public", "book_title"), review.Part("constraint", "public", "book", "book_pkey"), review.Type("public", "status"),
		review.Of("function", "audit", "log"), review.Schema("shop"),
	} {
		others.Add(name, "model shop.book")
	}
	own.Add(review.Relation("public", "shelf"), "")
	return review.New(shared, review.Holdings{Before: own, After: own}, review.Holdings{Before: others, After: others})
}

func about() review.Names {
	return review.Names{review.Relation("public", "book"): "model shop.book"}
}

func op(up ...string) operation.Operation {
	return operation.Operation{Kind: "rogue.polish", Target: address.New("rogue.shiny", "shop", "book"), Up: operation.SQL(up...), Irreversible: "the test says nothing of it"}
}

// judge returns what is found in an operation after all of its plugin's were seen.
func judge(o operation.Operation) ([]operation.Hazard, error) {
	r := newReview()
	r.Learn(o)
	return r.Operation(o, about())
}

// What plugins do, and may.
func TestAccepted(t *testing.T) {
	t.Parallel()
	for _, sql := range [][2]string{
		{"CREATE TRIGGER a BEFORE UPDATE ON public.book FOR EACH ROW EXECUTE FUNCTION public.f()", "DROP TRIGGER a ON public.book"},
		{"CREATE POLICY p ON public.book USING (true)", "DROP POLICY p ON public.book"},
		{"ALTER TABLE public.book ENABLE ROW LEVEL SECURITY", "ALTER TABLE public.book DISABLE ROW LEVEL SECURITY"},
		{"ALTER TABLE public.book SET (fillfactor = 70)", "ALTER TABLE public.book RESET (fillfactor)"},
		{"ALTER TABLE public.book ALTER COLUMN title SET STATISTICS 100", "ALTER TABLE public.book ALTER COLUMN title SET STATISTICS -1"},
		{"CREATE FUNCTION public.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.book; RETURN NULL; END'", "DROP FUNCTION public.g()"},
		{"CREATE FUNCTION public.h() RETURNS void BEGIN ATOMIC DELETE FROM public.book; END", "DROP FUNCTION public.h()"},
		{"CREATE INDEX i ON public.book (title)", "DROP INDEX public.i"},
		{"CREATE SCHEMA bin", "DROP SCHEMA bin"},
		{"GRANT SELECT ON public.book TO reader", "REVOKE SELECT ON public.book FROM reader"},
		{"COMMENT ON TABLE public.book IS 'shiny'", "COMMENT ON TABLE public.book IS NULL"},
		{"ALTER VIEW public.shelf RENAME TO board", "ALTER VIEW public.shelf RENAME TO board"},
		{"INSERT INTO public.shelf VALUES (1)", "REFRESH MATERIALIZED VIEW public.shelf"},
		{"SELECT pg_catalog.now()", "DO $$ BEGIN IF true THEN CREATE EXTENSION hstore; END IF; END $$"},
		{"SET CONSTRAINTS public.c IMMEDIATE", "ALTER TABLE public.shelf DISABLE TRIGGER ALL"},
		{"CREATE STATISTICS public.s ON a, b FROM public.book", "DROP STATISTICS public.s"},
	} {
		o := op(sql[0])
		o.Down = operation.SQL(sql[1])
		found, err := judge(o)
		require.NoError(t, err)
		require.Empty(t, found, sql)
	}
}

// What is no single statement, is of no expected kind, or is about what is not the
// plugin's.
func TestRefused(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string][2]string{
		"SELECT 1; DROP TABLE public.book": {"WH4047", "not one statement"},

		"CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1 FROM begin atomic; END; DROP TABLE public.shelf": {"WH4047", "not one statement"},
		"CREATE FUNCTION public.f() RETURNS int AS 'x' LANGUAGE begin atomic; DROP TABLE public.book":                               {"WH4054", "syntax error"},

		"-- nothing":                                    {"WH4047", "not one statement"},
		"CREATE TABEL x ()":                             {"WH4054", `syntax error at or near "TABEL"`},
		"COMMIT":                                        {"WH4054", "COMMIT"},
		"SAVEPOINT a":                                   {"WH4054", "SAVEPOINT"},
		"SET ROLE postgres":                             {"WH4054", "SET"},
		"RESET ROLE":                                    {"WH4054", "RESET"},
		"SET LOCAL search_path = public":                {"WH4054", "SET"},
		"SET SESSION AUTHORIZATION postgres":            {"WH4054", "SET"},
		"COPY public.book TO '/tmp/x'":                  {"WH4054", "COPY"},
		"COPY public.shelf FROM PROGRAM 'x'":            {"WH4054", "COPY"},
		"LOAD 'x'":                                      {"WH4054", "LOAD"},
		"PREPARE a AS DELETE FROM public.shelf":         {"WH4054", "PREPARE"},
		"EXECUTE a":                                     {"WH4054", "EXECUTE"},
		"EXPLAIN ANALYZE DELETE FROM public.shelf":      {"WH4054", "EXPLAIN"},
		"CREATE ROLE evil SUPERUSER":                    {"WH4054", "CREATE"},
		"ALTER SYSTEM SET a = 1":                        {"WH4054", "ALTER"},
		"DROP DATABASE shop":                            {"WH4054", "DROP"},
		"DROP OWNED BY CURRENT_USER":                    {"WH4054", "DROP"},
		"LISTEN a":                                      {"WH4054", "LISTEN"},
		"DISCARD TEMP":                                  {"WH4054", "DISCARD"},
		"SELECT set_config('role', 'x', false)":         {"WH4054", "calls set_config"},
		"SELECT pg_catalog.pg_read_file('/etc/passwd')": {"WH4054", "calls pg_read_file"},

		"DO $$ BEGIN PERFORM pg_terminate_backend(1); END $$":                      {"WH4054", "calls pg_terminate_backend"},
		"DO $$ BEGIN SET ROLE x; END $$":                                           {"WH4054", "SET"},
		"DO $$ BEGIN DROP TABLE public.book; END $$":                               {"WH4054", "model shop.book"},
		"DROP TABLE public.book":                                                   {"WH4054", "model shop.book"},
		"DROP TABLE IF EXISTS public.shelf, public.book CASCADE":                   {"WH4054", "model shop.book"},
		"ALTER TABLE public.book DROP COLUMN title":                                {"WH4054", "drop column public.book.title"},
		"ALTER TABLE public.book ENABLE ROW LEVEL SECURITY, DROP COLUMN title":     {"WH4054", "drop column public.book.title"},
		"ALTER TABLE public.book DROP CONSTRAINT book_pkey":                        {"WH4054", "drop constraint public.book.book_pkey"},
		"ALTER TABLE public.book ALTER COLUMN title TYPE text":                     {"WH4054", "alter column public.book.title"},
		"ALTER TABLE public.book DISABLE TRIGGER ALL":                              {"WH4054", "alter table public.book"},
		"ALTER TABLE public.book OWNER TO evil":                                    {"WH4054", "alter table public.book"},
		"ALTER TABLE public.other ENABLE ROW LEVEL SECURITY":                       {"WH4054", "Nothing says"},
		"ALTER TABLE public.book RENAME TO public_book":                            {"WH4054", "rename table public.book"},
		"ALTER TABLE public.book SET SCHEMA bin":                                   {"WH4054", "move table public.book"},
		"ALTER TABLE public.book DISABLE TRIGGER theirs":                           {"WH4054", "alter trigger public.book.theirs"},
		"DROP INDEX public.book_title":                                             {"WH4054", "drop index public.book_title"},
		"DROP TYPE public.status":                                                  {"WH4054", "drop type public.status"},
		"DROP FUNCTION audit.log()":                                                {"WH4054", "drop function audit.log"},
		"CREATE OR REPLACE FUNCTION audit.log() RETURNS int LANGUAGE sql RETURN 1": {"WH4054", "create function audit.log"},
		"DROP SCHEMA shop CASCADE":                                                 {"WH4054", "drop schema shop"},
		"DROP SCHEMA public CASCADE":                                               {"WH4054", "Nothing says"},
		"DROP TABLE public.legacy":                                                 {"WH4054", "Nothing says"},
		"DROP TABLE book":                                                          {"WH4054", "Nothing says"},
		"DROP TRIGGER theirs ON public.book":                                       {"WH4054", "Nothing says"},
		"TRUNCATE public.shelf, public.book":                                       {"WH4054", "write relation public.book"},
		"DELETE FROM public.book":                                                  {"WH4054", "write relation public.book"},
		"WITH d AS (DELETE FROM public.book RETURNING 1) SELECT * FROM d":          {"WH4054", "write relation public.book"},
		"UPDATE whimbrel.migrations SET id = ''":                                   {"WH4054", "whimbrel's own"},
		"CREATE TABLE whimbrel.x ()":                                               {"WH4054", "whimbrel's own"},
		"DELETE FROM pg_catalog.pg_class":                                          {"WH4054", "PostgreSQL's"},
	} {
		_, err := judge(op(sql))
		var fault *review.Fault
		require.ErrorAs(t, err, &fault, sql)
		require.Equal(t, want[0], fault.Code, "%s: %v", sql, err)
		require.Contains(t, fault.What, want[1], sql)
	}
}

// The pieces of a statement are judged together, as they will stand.
func TestPieces(t *testing.T) {
	t.Parallel()
	table := func(sql, tail string, clauses ...string) operation.Operation {
		s := operation.Statement{SQL: sql, Tail: tail, Table: true}
		for _, c := range clauses {
			s.Clauses = append(s.Clauses, operation.Clause{SQL: c})
		}
		o := op()
		o.Up = []operation.Statement{s}
		return o
	}
	inline := func(clause string) operation.Operation {
		o := op("ALTER TABLE public.book ADD x int")
		o.Inline = &operation.Inline{Clause: operation.Clause{SQL: clause}}
		return o
	}
	aside := op("CREATE VIEW public.a AS SELECT 1")
	aside.Aside = &operation.Aside{RestDown: operation.SQL("DROP TABLE public.book")}
	for name, c := range map[string]struct {
		op   operation.Operation
		code string // empty: accepted
	}{
		"a table":               {table("CREATE TABLE public.a", "", "x int", "CHECK (x > 0)"), ""},
		"a quote over the tail": {table(`CREATE TABLE public."a`, `"; DROP TABLE public.book; --" ()`, `x int`), "WH4054"},
		"a second one behind":   {table("CREATE TABLE public.a", "; DROP TABLE public.book", "x int"), "WH4047"},
		"two in one clause":     {table("CREATE TABLE public.a", "", "x int, y int"), "WH4047"},
		"a clause commented":    {table("CREATE TABLE public.a", "", "x int --", "CHECK (true)"), "WH4047"},
		"a constraint inline":   {inline("CONSTRAINT c CHECK (true)"), ""},
		"a way out inline":      {inline("x int); DROP TABLE public.book; --"), "WH4054"},
		"inheritance inline":    {inline("x int) INHERITS (public.book"), "WH4054"},
		"all of another table":  {inline("LIKE public.book INCLUDING ALL"), "WH4054"},
		"the rest of an aside":  {aside, "WH4054"},
	} {
		_, err := judge(c.op)
		if c.code == "" {
			require.NoError(t, err, name)
			continue
		}
		var fault *review.Fault
		require.ErrorAs(t, err, &fault, name)
		require.Equal(t, c.code, fault.Code, "%s: %v", name, err)
	}
}

// What is the plugin's by its own statements is somebody else's if theirs make it.
func TestRemembered(t *testing.T) {
	t.Parallel()
	o := op("DROP TRIGGER audit ON public.book")
	o.Down = operation.SQL("CREATE TRIGGER audit BEFORE UPDATE ON public.book EXECUTE FUNCTION public.evil()")
	_, err := judge(o)
	require.NoError(t, err)
	r := newReview()
	r.Learn(o)
	theirs := op(`CREATE TRIGGER AUDIT AFTER UPDATE ON public.book EXECUTE FUNCTION audit.log()`)
	theirs.Kind, theirs.Target = "triggers.create_audit_trigger", address.New("triggers.audit_trigger", "shop", "book")
	r.Remember(theirs)
	_, err = r.Operation(o, about())
	require.ErrorContains(t, err, "That is of triggers.audit_trigger shop.book")
}

// What may lose rows says so, whatever the plugin says.
func TestHazards(t *testing.T) {
	t.Parallel()
	o := op("CREATE TABLE public.log (a int)")
	o.Down = operation.SQL(`DROP TABLE public.log`)
	own := `SELECT EXISTS (SELECT FROM public.log)`
	loss := operation.Hazard{Code: "data_loss", Object: o.Target, Text: "it does this: drop table public.log", Down: true, Probe: own}
	found, err := judge(o)
	require.NoError(t, err)
	require.Equal(t, []operation.Hazard{loss}, found)

	for probe, adds := range map[string]int{"": 0, own: 0, "SELECT false": 1} {
		o.Hazard = []operation.Hazard{{Code: "data_loss", Object: o.Target, Text: "rows are lost", Down: true, Probe: probe}}
		found, err = judge(o)
		require.NoError(t, err)
		require.Len(t, found, adds, probe)
	}

	for sql, want := range map[string]string{
		"ALTER TABLE public.shelf DROP COLUMN a":                               "data_loss it does this: drop column public.shelf.a",
		"DROP VIEW public.shelf CASCADE":                                       "data_loss it does this: drop view public.shelf, with all that depends on it",
		"DELETE FROM public.shelf":                                             "data_loss it does this: write relation public.shelf",
		"TRUNCATE public.shelf":                                                "data_loss it does this: write relation public.shelf",
		"DO $$ BEGIN DELETE FROM public.shelf; END $$":                         "data_loss it does this: write relation public.shelf",
		"DO $$ BEGIN EXECUTE 'DROP TABLE public.' || 'b'; END $$":              "opaque it runs code that is not followed, so it may do more than its SQL says",
		"SELECT bin.clear()":                                                   "opaque it runs code that is not followed, so it may do more than its SQL says",
		"CALL bin.clear()":                                                     "opaque it runs code that is not followed, so it may do more than its SQL says",
		"SELECT pg_catalog.query_to_xml('select bin.clear()', true, true, '')": "opaque it runs code that is not followed, so it may do more than its SQL says",
		"SELECT * FROM ts_stat('select to_tsvector(bin.clear())')":             "opaque it runs code that is not followed, so it may do more than its SQL says",
		"DO LANGUAGE plpython3u 'x'":                                           "opaque it runs code that is not followed, so it may do more than its SQL says",
	} {
		found, err := judge(op(sql))
		require.NoError(t, err)
		require.Len(t, found, 1, sql)
		require.Equal(t, want, found[0].Code+" "+found[0].Text)
	}
}

// A probe is one query.
func TestProbes(t *testing.T) {
	t.Parallel()
	for probe, code := range map[string]string{
		"SELECT EXISTS (SELECT FROM public.book)": "",
		"COMMIT":              "WH4055",
		"SELECT true; COMMIT": "WH4055",
		"WITH d AS (DELETE FROM public.book RETURNING 1) SELECT true FROM d": "WH4055",
		"SELECT title FROM public.book FOR UPDATE":                           "WH4055",
		"SELECT 1 INTO public.x":                                             "WH4055",
		"DO $$ BEGIN END $$":                                                 "WH4055",
	} {
		o := op("COMMENT ON TABLE public.book IS ''")
		o.Hazard = []operation.Hazard{{Code: "data_loss", Object: o.Target, Text: "gone", Down: true, Probe: probe}}
		_, err := judge(o)
		if code == "" {
			require.NoError(t, err)
			continue
		}
		var fault *review.Fault
		require.ErrorAs(t, err, &fault, probe)
		require.Equal(t, code, fault.Code)
	}
}

// What changes something and cannot be taken back says why.
func TestOneWay(t *testing.T) {
	t.Parallel()
	for sql, refused := range map[string]bool{
		"CREATE VIEW public.a AS SELECT 1":              true,
		"ALTER TABLE public.book SET (fillfactor = 70)": true,
		"SELECT 1": false,
		"DO $$ BEGIN PERFORM 1 FROM public.book; END $$":        false,
		"DO $$ BEGIN DELETE FROM public.shelf WHERE a; END $$":  true,
		"COMMENT ON TABLE public.book IS 'nothing comes of it'": true,
	} {
		o := op(sql)
		o.Irreversible = ""
		_, err := newReview().Operation(o, about())
		require.Equal(t, refused, err != nil, "%s: %v", sql, err)
		if refused {
			var fault *review.Fault
			require.ErrorAs(t, err, &fault)
			require.Equal(t, "WH4056", fault.Code)
		}
		o.Irreversible = "it is what it is"
		_, err = newReview().Operation(o, about())
		require.NoError(t, err)
	}
}
