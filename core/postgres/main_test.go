package postgres_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// The variables that make the test binary a deployer that kills itself.
const (
	deployURL = "POSTGRES_TEST_DEPLOY_URL"
	deployEnd = "POSTGRES_TEST_DEPLOY_END" // the number of the event at which it dies; 0: never
)

func TestMain(m *testing.M) {
	url := os.Getenv(deployURL)
	if url == "" {
		os.Exit(m.Run())
	}
	end, _ := strconv.Atoi(os.Getenv(deployEnd))
	if err := deploy(context.Background(), url, fleet(), &mortal{end: end}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// deploy does what the command "migrate" does.
func deploy(ctx context.Context, url string, scripts []postgres.Script, o postgres.Observer) error {
	db, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	executor, err := postgres.Open(ctx, db, postgres.Options{Version: "test", Wait: 30 * time.Second})
	if err != nil {
		return err
	}
	defer executor.Close()
	applied, err := executor.Applied(ctx)
	if err != nil {
		return err
	}
	pending, problems := postgres.Compare(applied, scripts)
	if err := problems.Err(); err != nil {
		return err
	}
	for _, script := range pending {
		if err := executor.Apply(ctx, script, o); err != nil {
			return err
		}
	}
	return nil
}

// open returns an executor on a database.
func open(t *testing.T, url string, options postgres.Options) (*postgres.Executor, *postgres.Database) {
	t.Helper()
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	options.Version = "test"
	executor, err := postgres.Open(t.Context(), db, options)
	require.NoError(t, err)
	t.Cleanup(func() { executor.Close() })
	return executor, db
}

// empty returns an executor on a new database, and the database's URL.
func empty(t *testing.T) (*postgres.Executor, string) {
	t.Helper()
	url := scratch.Database(t)
	executor, _ := open(t, url, postgres.Options{})
	return executor, url
}

// session returns a connection of somebody else.
func session(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// value returns the first column of a query's first row as text.
func value(t *testing.T, url, query string) string {
	t.Helper()
	db, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer db.Close(context.Background())
	var text string
	require.NoError(t, db.QueryRow(t.Context(), "SELECT ("+query+")::text").Scan(&text))
	return text
}

// moment returns the time that a query returns.
func moment(t *testing.T, url, query string) time.Time {
	t.Helper()
	var found time.Time
	require.NoError(t, session(t, url).QueryRow(t.Context(), query).Scan(&found))
	return found.UTC()
}

// script returns a migration of one operation per statement.
func script(id string, up ...string) postgres.Script {
	s := postgres.Script{App: "shop", ID: id, Checksum: "h1:" + id, File: "migrations/" + id + ".sql", Text: "-- " + id}
	for i, sql := range up {
		s.Steps = append(s.Steps, postgres.Step{Number: i + 1, Kind: "sql", Up: statements(i+1, sql)})
	}
	return s
}

// down gives the operations of a script their way back.
func down(s postgres.Script, sql ...string) postgres.Script {
	for i, text := range sql {
		if text != "" {
			s.Steps[i].Down = statements(100+i, text)
		}
	}
	return s
}

// mode makes an operation of a script run in another way.
func mode(s postgres.Script, number int, transaction operation.Transaction) postgres.Script {
	s.Steps[number-1].Transaction = transaction
	return s
}

func statements(line int, sql ...string) []postgres.Statement {
	var list []postgres.Statement
	for _, text := range sql {
		list = append(list, postgres.Statement{SQL: text, Line: line})
	}
	return list
}

// How long, and how often, to look for something that the server does by and by.
const (
	patience = 5 * time.Minute
	poll     = 20 * time.Millisecond
)
