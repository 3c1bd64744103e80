package migration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
)

const header = "-- whimbrel: 1\n-- whimbrel:id 20261122101500_x\n-- whimbrel:app shop\n"

// body is the end of a good file.
const body = "-- +goose Up\n-- whimbrel:op 1 create_model model shop.a [core] tx\nSELECT 1;\n-- whimbrel:op 2 create_model model shop.b tx after 1\n-- +goose Down\n-- whimbrel:op 2\n-- whimbrel:op 1\nSELECT 2;\n"

func TestParseSQLRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing is wrong", header + body, ""},
		{"blanks and comments mean nothing", "\n\n-- hello\n" + strings.ReplaceAll(header+body, "\n", "\n\n-- a comment\n\n"), ""},
		{"a mark of byte order", "\ufeff" + header + body, ""},
		{"unknown directive", header + "-- whimbrel:frobnicate\n" + body, "4:1 WH3001"},
		{"unknown mark of goose", header + "-- +goose Sideways\n" + body, "4:1 WH3001"},
		{"environment variables", header + "-- +goose ENVSUB ON\n" + body, "4:1 WH3001"},
		{"header below", header + body + "-- whimbrel:parent 20261122101500_y\n", "12:1 WH3002"},
		{"twice", header + "-- whimbrel:app shop\n" + body, "4:1 WH3002"},
		{"up twice", header + "-- +goose Up\n" + body, "5:1 WH3002"},
		{"indented", header + "  -- whimbrel:by me\n" + body, "4:1 WH3002"},
		{"without a blank", header + "--whimbrel:by me\n" + body, "4:1 WH3002"},
		{"goose further back", header + body + "-- see +goose\n", "12:1 WH3002"},
		{"probe without hazard", header + "-- whimbrel:probe SELECT 1\n" + body, "4:1 WH3002"},
		{"SQL in the header", header + "SELECT 1;\n" + body, "4:1 WH3002"},
		{"stray statement", header + strings.Replace(body, "Up\n", "Up\nSELECT 0;\n", 1), "5:1 WH3002"},
		{"irreversible above", header + strings.Replace(body, "SELECT 1", "-- whimbrel:irreversible no\nSELECT 1", 1), "6:1 WH3002"},
		{"in a body", header + strings.Replace(body, "SELECT 1;", "-- +goose StatementBegin\nSELECT 1\n-- +goose Down\n;\n-- +goose StatementEnd", 1), "8:1 WH3002"},
		{"an end without beginning", header + body + "-- +goose StatementEnd\n", "12:1 WH3002"},
		{"a hazard of no known form", header + "-- whimbrel:hazard 1 data_loss model shop.a lost\n" + body, "4:38 WH3003"},
		{"an ID of no known form", strings.Replace(header, "id 2026", "id x2026", 1) + body, "2:16 WH3003 1:1 WH3008"},
		{"a mode of no known name", header + strings.Replace(body, "[core] tx", "[core] ty", 1), "5:51 WH3003"},
		{"after itself", header + strings.Replace(body, "after 1", "after 2", 1), "7:53 WH3003"},
		{"a bad address", header + strings.Replace(body, "shop.a", "shop..a", 1), "5:37 WH3003"},
		{"a newer format", strings.Replace(header, ": 1", ": 2", 1) + body, "1:1 WH3004"},
		{"no header", body, "1:1 WH3005 1:1 WH3005 1:1 WH3005"},
		{"no way up", header, "1:1 WH3005"},
		{"no semicolon", header + strings.Replace(body, "SELECT 1;", "SELECT 'it''s;'", 1), "6:1 WH3006"},
		{"an open quote", header + strings.Replace(body, "SELECT 1;", "SELECT 'a;", 1), "6:1 WH3006"},
		{"an open body", header + "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n", "7:1 WH3006"},
		{"a wrong number", header + strings.Replace(body, "op 2 create", "op 3 create", 1), "7:1 WH3007"},
		{"no way back", header + strings.Replace(body, "-- whimbrel:op 2\n", "", 1), "7:1 WH3007"},
		{"a way back of nothing", header + body + "-- whimbrel:op 9\n", "12:1 WH3007"},
		{"the same way back twice", header + body + "-- whimbrel:op 1\n", "12:1 WH3007"},
		{"a hazard of nothing", header + "-- whimbrel:hazard 3 data_loss model shop.a: lost\n" + body, "4:1 WH3007"},
		{"a zero byte", header + strings.Replace(body, "SELECT 2", "SELECT 'é\x00'", 1), "11:10 WH3009"},
		{"no UTF-8", header + strings.Replace(body, "SELECT 2", "SELECT 'é\xe9'", 1), "11:10 WH3009"},
		{"no UTF-8 in a comment", "-- \xff\n" + header + body, "1:4 WH3009"},
		{"another ID", strings.Replace(header, "00_x", "00_y", 1) + body, "1:1 WH3008"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, diags := migration.ParseSQL("20261122101500_x.sql", []byte(test.text))
			var got []string
			for _, d := range diags {
				got = append(got, strings.TrimPrefix(d.Range.String(), "20261122101500_x.sql:")+" "+d.Code)
				require.NotEmpty(t, d.Next)
			}
			require.Equal(t, test.want, strings.Join(got, " "), diags)
		})
	}
}

// TestParseSQLSplits divides SQL as PostgreSQL does.
func TestParseSQLSplits(t *testing.T) {
	t.Parallel()
	text := "-- +goose NO TRANSACTION\n-- +goose Up\nSELECT ';', \";\", $a$;$$;$a$, E'\\';', a$b$c; /* ; /* ; */ */ -- ;\nSELECT 2\n;; SELECT 3;\n" +
		"CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n  SELECT 1;\nEND;\n" +
		"-- +goose StatementBegin\n\n  SELECT 4;\n  SELECT ';';\n\n-- +goose StatementEnd\n-- the end\n"
	script, diags := migration.ParseSQL("20261122101500_x.sql", []byte(header+text))
	require.Empty(t, diags)
	require.Equal(t, []migration.Statement{
		{SQL: "SELECT ';', \";\", $a$;$$;$a$, E'\\';', a$b$c", Line: 6},
		{SQL: "SELECT 2", Line: 7},
		{SQL: "SELECT 3", Line: 8},
		{SQL: "CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n  SELECT 1;\nEND", Line: 9},
		{SQL: "SELECT 4;\n  SELECT ';'", Line: 14},
	}, script.Steps[0].Up)
	require.True(t, script.Opaque)
	require.Equal(t, "none", string(script.Steps[0].Transaction))
}

// FuzzParseSQL: whatever a file holds, it is read without a panic, and what is
// refused is refused at a place in it.
func FuzzParseSQL(f *testing.F) {
	names, err := filepath.Glob("testdata/*.sql")
	require.NoError(f, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(header + body))
	f.Add([]byte(""))
	f.Add([]byte("-- whimbrel: 1\r\n-- whimbrel:hazard \"\\"))
	f.Fuzz(func(t *testing.T, data []byte) {
		script, diags := migration.ParseSQL("20261122101500_x.sql", data)
		require.NotNil(t, script)
		for _, d := range diags {
			require.LessOrEqual(t, d.Range.Start.Byte, len(data)+4)
			require.GreaterOrEqual(t, d.Range.Start.Line, 1)
		}
	})
}

// FuzzParseSidecar: so is a sidecar.
func FuzzParseSidecar(f *testing.F) {
	names, err := filepath.Glob("testdata/*.ops.json")
	require.NoError(f, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"whimbrel":1,"id":"20261122101500_x","operations":[{"edits":[{"put":{"address":"model a","attrs":{}}}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, diags := migration.ParseSidecar("20261122101500_x.ops.json", data)
		require.Equal(t, m == nil, diags.HasErrors())
	})
}
