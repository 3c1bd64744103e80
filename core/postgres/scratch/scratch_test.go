package scratch_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// helper makes the test binary start a server, print its URL and wait to be killed.
const helper = "SCRATCH_TEST_HELPER"

func TestMain(m *testing.M) {
	if os.Getenv(helper) == "" {
		os.Exit(m.Run())
	}
	server, err := scratch.Start(context.Background(), scratch.Private())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(server.URL("postgres"))
	select {}
}

func TestDatabaseIsEmptyUTF8AndOnesOwn(t *testing.T) {
	t.Parallel()
	first, second := scratch.Database(t), scratch.Database(t)
	require.NotEqual(t, first, second)
	conn, err := pgx.Connect(t.Context(), first)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	var encoding string
	var tables int
	require.NoError(t, conn.QueryRow(t.Context(), `SELECT current_setting('server_encoding'),
		(SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)`).Scan(&encoding, &tables))
	require.Equal(t, "UTF8", encoding)
	require.Zero(t, tables)
}

func TestServer(t *testing.T) {
	t.Parallel()
	server, err := scratch.Start(t.Context(), scratch.Private(), scratch.Setting("work_mem", "8MB"))
	require.NoError(t, err)
	defer server.Close()
	url, err := server.CreateDatabase(t.Context(), `odd "name" ü`)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	var name, workMem, directory string
	require.NoError(t, conn.QueryRow(t.Context(), `SELECT current_database(), current_setting('work_mem'),
		current_setting('data_directory')`).Scan(&name, &workMem, &directory))
	require.Equal(t, `odd "name" ü`, name)
	require.Equal(t, "8MB", workMem)
	require.NoError(t, server.DropDatabase(t.Context(), name), "drops in spite of a connection")
	require.NoError(t, server.Close())
	require.NoError(t, server.Close())
	require.NoDirExists(t, filepath.Dir(directory))
	_, err = pgx.Connect(t.Context(), url)
	require.Error(t, err)
}

func TestServerEndsWithItsOwner(t *testing.T) {
	t.Parallel()
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), helper+"=1")
	out, err := owner.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, owner.Start())
	url, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	url = strings.TrimSpace(url)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err, url)
	var directory string
	require.NoError(t, conn.QueryRow(t.Context(), `SHOW data_directory`).Scan(&directory))

	require.NoError(t, owner.Process.Kill())
	_ = owner.Wait()
	require.Eventually(t, func() bool {
		_, err := os.Stat(filepath.Dir(directory))
		return os.IsNotExist(err)
	}, 5*time.Minute, 20*time.Millisecond)
	_, err = pgx.Connect(t.Context(), url)
	require.Error(t, err)
}
