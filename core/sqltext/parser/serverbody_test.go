package parser_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A server takes and refuses bodies of functions as the parser does, and takes
// those whose holes are filled after everything in the catalog got another name.
func TestBodiesOnAServer(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(t.Context()) })
	for _, way := range []string{"sql", "plpgsql"} {
		archive, err := txtar.ParseFile("testdata/" + way + "/bodies.txtar")
		require.NoError(t, err)
		b, err := readBook(string(archive.Comment))
		require.NoError(t, err)
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name, text := archive.Files[i].Name, string(archive.Files[i].Data)
			s := &server{t: t, conn: conn, book: b, name: name}
			a, err := analyse(b, way, text)
			switch {
			case slices.Contains(notRun, name):
			case err != nil:
				assert.Error(t, s.bodies(way, text, ""), name)
			case way == "plpgsql" || len(a.Missing)+len(a.Wrong) == 0:
				filled, err := parser.Holed(text, a).Render(writeNew)
				require.NoError(t, err)
				assert.NoError(t, s.bodies(way, text, filled), "%s: %s", name, filled)
			}
		}
	}
}

// bodies returns why the server does not take a body, and after everything was
// renamed another one. Which kind of function it is of is tried out.
func (s *server) bodies(language, text, filled string) (err error) {
	for _, kind := range []string{
		"function %s() returns trigger", "function %s(id bigint, factor numeric, p %s) returns numeric", "function %s(id bigint, factor numeric, p %s) returns setof text",
		"function %s(id bigint, factor numeric, p %s) returns void", "procedure %s(id bigint, factor numeric, p %s)",
	} {
		if err = s.body(kind, language, text, filled); err == nil {
			return nil
		}
	}
	return err
}

func (s *server) body(kind, language, text, filled string) error {
	tx, err := s.conn.Begin(s.t.Context())
	require.NoError(s.t, err)
	defer tx.Rollback(s.t.Context())
	s.tx = tx
	s.create()
	s.exec("create table new_rows (name text, price numeric)")
	create := func(name, row, body string) error {
		head := "create " + fmt.Sprintf(kind, name, row)
		if !strings.Contains(kind, "%s(id") {
			head = "create " + fmt.Sprintf(kind, name)
		}
		if first := sqltext.Keyword(body); language != "sql" || first != "BEGIN" && first != "RETURN" {
			body = " as " + address.Literal(body)
		}
		_, err := tx.Exec(s.t.Context(), head+" language "+language+" "+body)
		return err
	}
	s.exec("drop function total")
	if err := create("total", "pizza", text); err != nil {
		return err
	}
	s.exec("drop %s total", strings.Fields(kind)[0])
	s.exec("create function total(factor bigint default 1) returns bigint return 1")
	s.rename()
	s.exec(`drop function "New total"`)
	s.exec(`alter table new_rows rename name to "New name"`)
	s.exec(`alter table new_rows rename price to "New price"`)
	return create(`"New total"`, `"New pizza"`, filled)
}
