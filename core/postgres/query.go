package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// Rows are what a query returned, as the text that the server writes. NULL is "".
type Rows struct {
	Columns []string
	Values  [][]string
}

// Query runs SQL, which may be several statements in one transaction, and
// returns the rows of the last one. What the server says against it is an error
// with its message and SQLSTATE. Migrations are not run this way: see Executor.
func (d *Database) Query(ctx context.Context, sql string) (Rows, error) {
	results, err := d.conn.PgConn().Exec(ctx, sql).ReadAll()
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return Rows{}, fmt.Errorf("%s (SQLSTATE %s)", server.Message, server.Code)
	}
	if err != nil || len(results) == 0 {
		return Rows{}, wrap("running a query", err)
	}
	last := results[len(results)-1]
	var rows Rows
	for _, column := range last.FieldDescriptions {
		rows.Columns = append(rows.Columns, column.Name)
	}
	for _, row := range last.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = string(cell)
		}
		rows.Values = append(rows.Values, cells)
	}
	return rows, nil
}
