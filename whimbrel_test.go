package whimbrel_test

import (
	"bytes"
	"context"
	"database/sql"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

const (
	initial = "20261129064748_initial"
	prices  = "20261129064749_prices"
)

// shop is the migrations of an example: a table, then a price.
func shop() fs.FS { return os.DirFS("examples/embedded/migrations") }

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func pool(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	p, err := pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(p.Close)
	return p
}

func database(t *testing.T, driver, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, url)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func ids(runs []whimbrel.Run) []string {
	var list []string
	for _, r := range runs {
		list = append(list, r.ID)
	}
	return list
}

// However an application is connected, what is pending is applied once.
func TestMigrate(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	result, err := whimbrel.Migrate(t.Context(), connect(t, url), shop(), whimbrel.To("initial"))
	require.NoError(t, err)
	require.Equal(t, []string{initial}, ids(result.Applied))

	pending, err := whimbrel.Pending(t.Context(), pool(t, url), shop())
	require.NoError(t, err)
	require.Equal(t, []whimbrel.Migration{
		{ID: prices, App: "shop", State: whimbrel.NotApplied, Operations: 3, Hazards: []string{"index_build", "table_scan"}},
	}, pending)

	result, err = whimbrel.Migrate(t.Context(), database(t, "pgx", url), shop())
	require.NoError(t, err)
	require.Equal(t, []string{prices}, ids(result.Applied))
	require.Equal(t, 3, result.Applied[0].Operations)

	result, err = whimbrel.Migrate(t.Context(), pool(t, url), shop())
	require.NoError(t, err)
	require.Empty(t, result)
	list, err := whimbrel.Status(t.Context(), pool(t, url), shop())
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, whimbrel.Applied, list[1].State)
	require.False(t, list[1].AppliedAt.IsZero())
}

// What would be lost, and what is forbidden, is an error of its own.
func TestRefused(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	conn := connect(t, url)
	_, err := whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.To("initial"), whimbrel.Forbid("table_scan"))
	require.NoError(t, err)

	var forbidden *whimbrel.ForbiddenError
	_, err = whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.Forbid("table_scan"))
	require.ErrorAs(t, err, &forbidden)
	require.Equal(t, "constraint shop.pizza.price_not_negative", forbidden.Hazards[0].Object)
	require.ErrorContains(t, err, "every row of public.pizza is read")
	_, err = whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.Forbid("table_scan"), whimbrel.Allow("table_scan:shop.pizza"))
	require.NoError(t, err)

	_, err = conn.Exec(t.Context(), "INSERT INTO pizza (name, price) VALUES ('Margherita', 7)")
	require.NoError(t, err)
	var refused *whimbrel.RefusedError
	_, err = whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.To("initial"))
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "field shop.pizza.price", refused.Losses[0].Object)
	result, err := whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.To("zero"), whimbrel.Allow("data_loss"))
	require.NoError(t, err)
	require.Equal(t, []string{prices, initial}, ids(result.RolledBack))
}

// Instances of an application that start at once: one migrates, the others find
// nothing to do, and who does not wait is told who has the lock.
func TestManyInstances(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	var group sync.WaitGroup
	applied, failed := make([]int, 8), make([]error, 8)
	for i := range applied {
		group.Go(func() {
			var result whimbrel.Result
			result, failed[i] = whimbrel.Migrate(t.Context(), pool(t, url), shop())
			applied[i] = len(result.Applied)
		})
	}
	group.Wait()
	sum := 0
	for i, n := range applied {
		require.NoError(t, failed[i])
		sum += n
	}
	require.Equal(t, 2, sum)

	holder := connect(t, url)
	_, err := holder.Exec(t.Context(), "SELECT pg_advisory_lock(8604243006615348588)")
	require.NoError(t, err)
	var busy *whimbrel.LockBusyError
	_, err = whimbrel.Migrate(t.Context(), pool(t, url), shop(), whimbrel.Wait(0))
	require.ErrorAs(t, err, &busy)
	require.Equal(t, int(holder.PgConn().PID()), int(busy.Holder.PID))
}

// A statement that fails is told with its place in the file, and what went before stays.
func TestFailed(t *testing.T) {
	t.Parallel()
	conn := connect(t, scratch.Database(t))
	_, err := whimbrel.Migrate(t.Context(), conn, shop(), whimbrel.To("initial"))
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "INSERT INTO pizza (name) VALUES ('twice'), ('twice')")
	require.NoError(t, err)
	var failed *whimbrel.ScriptError
	result, err := whimbrel.Migrate(t.Context(), conn, shop())
	require.ErrorAs(t, err, &failed)
	require.Equal(t, prices, failed.Script.ID)
	require.Equal(t, "23505", failed.Server.Code)
	require.Empty(t, result.Applied)
}

// The session that migrates is beside the application's, whose settings stay.
func TestSettingsStay(t *testing.T) {
	t.Parallel()
	conn := connect(t, scratch.Database(t))
	_, err := conn.Exec(t.Context(), "SET search_path = pg_catalog; SET TIME ZONE 'Asia/Tokyo'")
	require.NoError(t, err)
	_, err = whimbrel.Migrate(t.Context(), conn, shop())
	require.NoError(t, err)
	var path, zone string
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT current_setting('search_path'), current_setting('TimeZone')").Scan(&path, &zone))
	require.Equal(t, []string{"pg_catalog", "Asia/Tokyo"}, []string{path, zone})
}

// Folders are found wherever they are, and what holds none says so.
func TestFolders(t *testing.T) {
	t.Parallel()
	conn := connect(t, scratch.Database(t))
	list, err := whimbrel.Status(t.Context(), conn, os.DirFS("examples/embedded"))
	require.NoError(t, err)
	require.Len(t, list, 2)
	var told diag.Diagnostic
	_, err = whimbrel.Migrate(t.Context(), conn, fstest.MapFS{"migrations/readme.txt": {}})
	require.ErrorAs(t, err, &told)
	require.Equal(t, "WH3038", told.Code)

	edited := fstest.MapFS{}
	for _, name := range []string{initial + ".sql", "whimbrel.sum"} {
		text, err := fs.ReadFile(shop(), name)
		require.NoError(t, err)
		edited["db/shop/"+name] = &fstest.MapFile{Data: bytes.ReplaceAll(text, []byte("varchar(30)"), []byte("text"))}
	}
	var wrong diag.List
	_, err = whimbrel.Migrate(t.Context(), conn, edited)
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, "db/shop/"+initial+".sql", wrong[0].Range.File)
}

// What is done is logged, and who has a driver of another kind is told which one to use.
func TestLogger(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	var log bytes.Buffer
	_, err := whimbrel.Migrate(t.Context(), pool(t, url), shop(), whimbrel.Logger(slog.New(slog.NewTextHandler(&log, nil))))
	require.NoError(t, err)
	require.Contains(t, log.String(), `level=INFO msg=applied migration=`+initial)
	sql.Register("another", another{})
	_, err = whimbrel.Migrate(t.Context(), database(t, "another", url), shop())
	require.ErrorContains(t, err, `open it with sql.Open("pgx", ...)`)
}
