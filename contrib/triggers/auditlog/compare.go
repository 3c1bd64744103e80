package auditlog

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// A difference is a row that is not as it should be.
type difference struct {
	place   int // of the row in the reversal, from 1
	there   bool
	columns []string // that have other values
}

// compare returns what is to be said of rows that are not as the transaction left
// them.
func (v *reversal) compare(ctx context.Context, tx pgx.Tx, payload string) ([]string, error) {
	var found []string
	differences, err := v.differences(ctx, tx, payload)
	for _, d := range differences {
		found = append(found, v.describe(d))
	}
	return found, err
}

func (v *reversal) differences(ctx context.Context, tx pgx.Tx, payload string) ([]difference, error) {
	rows, err := tx.Query(ctx, v.comparing(), payload)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (difference, error) {
		var d difference
		return d, row.Scan(&d.place, &d.there, &d.columns)
	})
}

// describe says what a row is like.
func (v *reversal) describe(d difference) string {
	row := v.model + " " + string(v.rows[d.place-1].row)
	switch {
	case v.verb() == record.Insert:
		return row + " is there again"
	case !d.there:
		return row + " is not there any more"
	}
	return row + " has other values in " + strings.Join(d.columns, ", ")
}

// follow returns a hold if rows of other tables would be taken along.
func (v *reversal) follow(ctx context.Context, tx pgx.Tx, payload string) error {
	if v.verb() != record.Delete {
		return nil
	}
	var found hold
	for _, f := range v.table.referrers {
		rows, err := tx.Query(ctx, v.following(f), payload)
		if err != nil {
			return err
		}
		var place, count int
		_, err = pgx.ForEachRow(rows, []any{&place, &count}, func() error {
			found = append(found, fmt.Sprintf("%s %s: %d of %s refer to it by now (%s)", v.model, v.rows[place-1].row, count,
				address.Qualify(f.schema, f.name), f.constraint))
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(found) > 0 {
		return found
	}
	return nil
}
