package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
)

func TestCountStatements(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]int{
		"SELECT 1":                             1,
		"SELECT 1; -- and done;":               1,
		"SELECT 1;;\n/* ; /* ; */ ; */ ;":      1,
		"SELECT 1; SELECT 2":                   2,
		"SELECT ';' || \"a;b\"; DROP TABLE t;": 2,
		"SELECT 'it''s; fine'":                 1,
		"SELECT E'it\\'s; fine'":               1,
		"SELECT 'a\\'; DROP TABLE t; --'":      2,
		"DO $$ BEGIN a; b; END $$":             1,
		"DO $x$ $$ ; $x$; COMMIT":              2,
		"SELECT a$1; SELECT 2":                 2,
		"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END": 1,
		"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END; DROP TABLE t":                     2,
		"BEGIN; COMMIT":        2,
		"SELECT '; unfinished": 1,
	} {
		require.Equal(t, want, migration.CountStatements(sql), sql)
	}
}
