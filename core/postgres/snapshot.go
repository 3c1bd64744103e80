package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Snapshot returns a canonical description of all user objects of a database:
// two databases have equal ones if, and only if, they have the same schema. It
// does not depend on OIDs, on the order in which things were made or on the
// order of columns. The schema "whimbrel" and what belongs to extensions are not
// in it, nor are rows, owners and statistics.
func Snapshot(ctx context.Context, url string) (string, error) {
	d, err := Connect(ctx, url)
	if err != nil {
		return "", err
	}
	defer d.Close()
	return d.Snapshot(ctx)
}

// Snapshot is the function of the same name for an open connection.
func (d *Database) Snapshot(ctx context.Context) (string, error) {
	queries, err := catalog()
	if err != nil {
		return "", err
	}
	var objects []string
	err = d.Read(ctx, func(tx pgx.Tx) error {
		for _, kind := range queries {
			found, err := kind.read(ctx, tx)
			if err != nil {
				return fmt.Errorf("%s: %w", kind.name, err)
			}
			objects = append(objects, found...)
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("reading the catalog: %w", err)
	}
	slices.Sort(objects)
	return strings.Join(objects, "\n") + "\n", nil
}

// A catalogQuery reads one kind of objects, one row each. The columns of a row are
// what the object is called and its properties; those that are NULL or empty are
// left out.
type catalogQuery struct{ name, sql string }

func (q catalogQuery) read(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, q.sql)
	if err != nil {
		return nil, err
	}
	columns := rows.FieldDescriptions()
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		values := make([]*string, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		err := row.Scan(targets...)
		line := q.name
		for i, value := range values {
			line += property(columns[i].Name, i == 0, value)
		}
		return line, err
	})
}

func property(name string, first bool, value *string) string {
	switch {
	case value == nil || *value == "":
		return ""
	case first:
		return " " + *value
	}
	return "; " + name + " " + *value
}
