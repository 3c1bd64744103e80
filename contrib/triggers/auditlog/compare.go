package auditlog

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// compare returns what is to be said of rows that are not as the transaction left
// them.
func (v *reversal) compare(ctx context.Context, tx pgx.Tx, payload string) ([]string, error) {
	rows, err := tx.Query(ctx, v.comparing(), payload)
	if err != nil {
		return nil, err
	}
	var found []string
	var place int
	var there bool
	var columns []string
	_, err = pgx.ForEachRow(rows, []any{&place, &there, &columns}, func() error {
		why := "has other values in " + strings.Join(columns, ", ")
		switch {
		case v.verb() == record.Insert:
			why = "is there again"
		case !there:
			why = "is not there any more"
		}
		found = append(found, v.model+" "+string(v.rows[place-1].row)+" "+why)
		return nil
	})
	return found, err
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
