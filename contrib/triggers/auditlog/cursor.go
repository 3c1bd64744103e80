package auditlog

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// A cursor reads the records of one table from the server, a batch at a time.
type cursor struct {
	tx      pgx.Tx
	name    string
	history string // the history table, as SQL; empty for the log
	batch   int
	held    []Record
	drained bool // the server has no more
}

// declare opens a cursor of a query. The planner takes for granted that all of it
// is read, as it is unless somebody ends the loop. One that scrolls can be rewound:
// the server keeps what it has read.
func (c *cursor) declare(ctx context.Context, sql string, args []any, scroll bool) error {
	kind := "NO SCROLL"
	if scroll {
		kind = "SCROLL"
	}
	if _, err := c.tx.Exec(ctx, "SET LOCAL cursor_tuple_fraction = 1"); err != nil {
		return err
	}
	if _, err := c.tx.Exec(ctx, "DECLARE "+c.name+" "+kind+" CURSOR FOR\n"+sql, args...); err != nil {
		return err
	}
	_, err := c.tx.Exec(ctx, "SET LOCAL cursor_tuple_fraction = DEFAULT")
	return err
}

// head returns the next record, nil at the end. It stays the next one until take.
func (c *cursor) head(ctx context.Context) (*Record, error) {
	if len(c.held) == 0 && !c.drained {
		if err := c.fetch(ctx); err != nil {
			return nil, err
		}
	}
	if len(c.held) == 0 {
		return nil, nil
	}
	return &c.held[0], nil
}

// take takes the next record out.
func (c *cursor) take() { c.held = c.held[1:] }

func (c *cursor) fetch(ctx context.Context) error {
	rows, err := c.tx.Query(ctx, fmt.Sprintf("FETCH FORWARD %d FROM %s", c.batch, c.name))
	if err != nil {
		return err
	}
	if c.held, err = pgx.CollectRows(rows, scan); err != nil {
		return err
	}
	c.drained = len(c.held) < c.batch
	for i := range c.held {
		c.held[i].History = c.history
	}
	return nil
}

// rewind goes back to the first record of a cursor that scrolls.
func (c *cursor) rewind(ctx context.Context) error {
	c.held, c.drained = nil, false
	_, err := c.tx.Exec(ctx, "MOVE ABSOLUTE 0 IN "+c.name)
	return err
}
