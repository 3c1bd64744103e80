package parser_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A server reads the queries of testdata as the parser does: its views have the
// output columns that were found, and a query whose holes are filled after
// everything in the catalog got another name gives a view that depends on the
// same columns, functions and types as the view that was there before.
func TestQueriesOnAServer(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(t.Context()) })
	files, err := filepath.Glob("testdata/query/*.txtar")
	require.NoError(t, err)
	refused := map[string]string{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		b, err := readBook(string(archive.Comment))
		require.NoError(t, err)
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name, text := archive.Files[i].Name, string(archive.Files[i].Data)
			a, err := shared.Query(text, b)
			if err != nil || len(a.Wrong)+len(a.Missing) > 0 || a.Open {
				continue
			}
			s := &server{t: t, conn: conn, book: b, name: name}
			if err := s.compare(text, a); err != nil {
				refused[name] = err.Error()
			}
		}
	}
	for _, name := range notRun {
		delete(refused, name)
	}
	require.Empty(t, refused)
}

// notRun are queries that PostgreSQL does not take, or not in every version.
var notRun = []string{
	"ambiguous is text", "functions", "functions in from", "open", "sequences", "declarations of what is missing", // what they name is not there
	"another result", "rows with more", "several at once",
	"on conflict", "tables of xml and json", "update and merge in ctes", // from version 17 or 18 on
}

func writeNew(a address.Address, form sqltext.Form) (string, error) {
	return form.Write("public", "New "+a.Name()), nil
}

type server struct {
	t    *testing.T
	conn *pgx.Conn
	tx   pgx.Tx
	book book
	name string
}

// compare returns why the server does not take the query as a view.
func (s *server) compare(text string, a *parser.Analysis) error {
	tx, err := s.conn.Begin(s.t.Context())
	require.NoError(s.t, err)
	defer tx.Rollback(s.t.Context())
	s.tx = tx
	s.create()
	described, err := tx.Prepare(s.t.Context(), "", text)
	if err != nil {
		return err
	}
	s.columns(a, described.Fields)
	names := make([]string, len(a.Columns))
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	view := func(name, text string) error {
		_, err := tx.Exec(s.t.Context(), "create view "+name+" ("+strings.Join(names, ", ")+") as "+text)
		return err
	}
	s.exec("savepoint before")
	viewed := view("old_view", text)
	if viewed != nil {
		s.exec("rollback to before")
	}
	s.rename()
	filled, err := parser.Holed(text, a).Render(writeNew)
	require.NoError(s.t, err)
	again, err := tx.Prepare(s.t.Context(), "", filled)
	require.NoError(s.t, err, filled)
	for i, c := range a.Columns {
		want := c.Name
		if !c.Named.IsZero() {
			want = "New " + c.Named.Name()
		}
		assert.Equal(s.t, want, again.Fields[i].Name, s.name)
	}
	if viewed == nil {
		require.NoError(s.t, view("new_view", filled), filled)
		assert.Equal(s.t, s.needs("old_view"), s.needs("new_view"), s.name)
	}
	return nil
}

// needs returns what a view depends on: columns of relations, functions, types.
func (s *server) needs(view string) []string {
	rows, err := s.tx.Query(s.t.Context(), `select distinct pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
		from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
		where r.ev_class = $1::text::regclass and d.refobjid <> r.ev_class order by 1`, view)
	require.NoError(s.t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(s.t, err)
	return all
}

// columns compares the columns of the query with those that were found.
func (s *server) columns(a *parser.Analysis, got []pgconn.FieldDescription) {
	require.Len(s.t, got, len(a.Columns), s.name)
	for i, c := range a.Columns {
		assert.Equal(s.t, got[i].Name, c.Name, s.name)
		if c.Type == "" {
			continue
		}
		typ, err := s.tx.Prepare(s.t.Context(), "", "select null::"+c.Type)
		require.NoError(s.t, err)
		assert.Equal(s.t, typ.Fields[0].DataTypeOID, got[i].DataTypeOID, "%s: %s", s.name, c.Name)
		assert.Equal(s.t, typ.Fields[0].TypeModifier, got[i].TypeModifier, "%s: %s", s.name, c.Name)
	}
}

func (s *server) exec(format string, args ...any) {
	_, err := s.tx.Exec(s.t.Context(), fmt.Sprintf(format, args...))
	require.NoError(s.t, err)
}

// create makes what is in the catalog.
func (s *server) create() {
	for _, name := range slices.Sorted(maps.Keys(s.book.types)) {
		if typ := s.book.types[name]; len(typ.Columns) == 0 {
			s.exec("create type %s as enum ('small', 'large')", name)
		}
	}
	for _, name := range []string{"public.town", "public.address"} { // one is in the other
		if typ, ok := s.book.types[name]; ok {
			s.exec("create type %s as (%s)", name, definitions(typ.Columns))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.book.relations)) {
		s.exec("create table %s (%s)", quoted(name), definitions(s.book.relations[name].Columns))
	}
	for _, name := range slices.Sorted(maps.Keys(s.book.objects)) {
		switch kind, name, _ := strings.Cut(name, " "); {
		case kind == "sequence":
			s.exec("create sequence %s", name)
		case s.book.rows[name] != "":
			s.exec("create function %s(n int default 1) returns setof %s language sql as 'select null::%s'", name, s.book.rows[name], s.book.rows[name])
		case name == "public.label":
			s.exec("create function label(pizza) returns text return 'x'")
		case name == "public.total":
			s.exec("create function total(factor bigint default 1) returns bigint return 1")
		}
	}
}

func definitions(columns []parser.Column) string {
	var all []string
	for _, c := range columns {
		all = append(all, address.Quote(c.Name)+" "+c.Type)
	}
	return strings.Join(all, ", ")
}

func quoted(name string) string {
	schema, name, _ := strings.Cut(name, ".")
	return address.Qualify(schema, name)
}

// rename gives everything in the catalog another name.
func (s *server) rename() {
	for _, name := range slices.Sorted(maps.Keys(s.book.types)) {
		typ := s.book.types[name]
		for _, c := range typ.Columns {
			s.exec("alter type %s rename attribute %s to %s cascade", name, c.Name, renamed(c.Name))
		}
		s.exec("alter type %s rename to %s", name, renamed(typ.Object.Name()))
	}
	for _, name := range slices.Sorted(maps.Keys(s.book.relations)) {
		relation := s.book.relations[name]
		for _, c := range relation.Columns {
			s.exec("alter table %s rename column %s to %s", quoted(name), address.Quote(c.Name), renamed(c.Name))
		}
		s.exec("alter table %s rename to %s", quoted(name), renamed(relation.Object.Name()))
	}
	for _, name := range slices.Sorted(maps.Keys(s.book.objects)) {
		s.exec("alter %s rename to %s", name, renamed(s.book.objects[name].Name()))
	}
}

func renamed(name string) string { return address.Quote("New " + name) }
