package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Definitions runs the queries that are for the server's version, all in one snapshot
// and sent at once, and returns the objects that they find, in that order.
func (d *Database) Definitions(ctx context.Context, queries []detect.CatalogQuery) (found []detect.Definition, err error) {
	err = d.Read(ctx, func(tx pgx.Tx) error {
		found, err = readDefinitions(ctx, tx, queries, serverVersion(d.conn))
		return err
	})
	return found, wrap("reading the definitions of the database's objects", err)
}

// A batcher sends several queries at once.
type batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

func readDefinitions(ctx context.Context, on batcher, queries []detect.CatalogQuery, major int) (found []detect.Definition, err error) {
	var batch pgx.Batch
	for _, q := range queries {
		if q.MinServer > major || q.MaxServer > 0 && q.MaxServer < major {
			continue
		}
		batch.Queue(q.SQL).Query(func(rows pgx.Rows) error {
			list, err := pgx.CollectRows(rows, scanDefinition)
			found = append(found, list...)
			return unanswered(q, err)
		})
	}
	err = on.SendBatch(ctx, &batch).Close()
	return found, err
}

func scanDefinition(row pgx.CollectableRow) (detect.Definition, error) {
	var d detect.Definition
	var whole, create, inside, later *string
	err := row.Scan(&d.Kind, &d.Schema, &d.Name, &whole, &create, &inside, &later)
	d.Whole, d.Create, d.Inside, d.Later = orEmpty(whole), orEmpty(create), orEmpty(inside), orEmpty(later)
	return d, err
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// objects are what there is in a database, by key.
type objects map[string]detect.Definition

func byKey(list []detect.Definition) objects {
	found := objects{}
	for _, d := range list {
		found[d.Key()] = d
	}
	return found
}
