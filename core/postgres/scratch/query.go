package scratch

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Query runs statements in a session of its own and returns the rows of all of them,
// a line each, columns divided by "|". It goes on as psql does without its meta
// commands, but statements outside BEGIN and COMMIT are one transaction.
func Query(ctx context.Context, url, statements string) (string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	results, err := conn.PgConn().Exec(ctx, statements).ReadAll()
	var rows strings.Builder
	for _, result := range results {
		for _, row := range result.Rows {
			cells := make([]string, len(row))
			for i, cell := range row {
				cells[i] = string(cell)
			}
			rows.WriteString(strings.Join(cells, "|") + "\n")
		}
	}
	return rows.String(), err
}
