package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A user who owns nothing runs migrations as the role that owns the tables; the record
// stays the user's.
func TestRole(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	owner := "owner_" + value(t, url, `SELECT substr(md5(random()::text), 1, 12)`)
	deployer := "deploy_" + owner
	admin := session(t, url)
	t.Cleanup(func() {
		_, _ = admin.Exec(context.Background(), `DROP OWNED BY `+owner+`, `+deployer+`; DROP ROLE `+owner+`, `+deployer, pgx.QueryExecModeSimpleProtocol)
	})
	run(t, url, `CREATE ROLE `+owner+`; CREATE ROLE `+deployer+` LOGIN NOINHERIT IN ROLE `+owner+`; CREATE SCHEMA own AUTHORIZATION `+owner+`;
		CREATE SCHEMA whimbrel AUTHORIZATION `+deployer)
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	config.User = deployer
	db, err := postgres.Beside(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })

	_, err = postgres.Open(t.Context(), db, postgres.Options{Role: "no such role"})
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5106", d.Code)

	executor, err := postgres.Open(t.Context(), db, postgres.Options{Version: "test", Role: owner})
	require.NoError(t, err)
	t.Cleanup(func() { executor.Close() })
	s := mode(script("20260101000000_a", `CREATE TABLE own.a (x int)`, `CREATE INDEX CONCURRENTLY a_x ON own.a (x)`, `CREATE TABLE own.b ()`), 2, operation.Outside)
	s = down(s, `DROP TABLE own.a`, `DROP INDEX CONCURRENTLY own.a_x`, `DROP TABLE own.b`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, owner, value(t, url, `SELECT string_agg(DISTINCT relowner::regrole::text, ',') FROM pg_class WHERE relname IN ('a', 'b', 'a_x')`))
	require.Equal(t, deployer, value(t, url, `SELECT relowner::regrole FROM pg_class WHERE relname = 'journal'`))
	require.NoError(t, executor.Rollback(t.Context(), s, nil))
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname IN ('a', 'b', 'a_x')`))
}
