package main

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// The application starts twice: the first time it makes its tables.
func TestApplication(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	require.NoError(t, run(t.Context(), url))
	require.NoError(t, run(t.Context(), url))

	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context()) // the test is over
	var pizzas, applied int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT (SELECT count(*) FROM pizza), (SELECT count(*) FROM whimbrel.migrations)").Scan(&pizzas, &applied))
	require.Equal(t, []int{1, 2}, []int{pizzas, applied})
}
