package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A DefinedObject is an object as the server defined it when a migration had touched
// it last.
type DefinedObject struct {
	Kind, Schema, Name string
	Whole              string // the key of what it is a part of
	Text               string // SQL, or empty
	App, Migration     string // who touched it last; empty: nobody knows
	Ours               bool   // false: it was there before the first migration
}

// Key tells the object from all others, as that of a detect.Definition.
func (o DefinedObject) Key() string { return o.Kind + " " + o.Name }

// Defined returns the objects as they were recorded, by key.
func (d *Database) Defined(ctx context.Context) (found []DefinedObject, err error) {
	err = d.Read(ctx, func(tx pgx.Tx) error {
		version, err := layoutVersion(ctx, tx)
		if err != nil || version < 2 {
			return err
		}
		if found, err = readDefined(ctx, tx); codeOf(err) == notAllowed {
			return unreadableRecord(err)
		}
		_, found = split(found)
		return err
	})
	return found, wrap("reading the recorded definitions", err)
}

func readDefined(ctx context.Context, on querier) ([]DefinedObject, error) {
	rows, err := on.Query(ctx, `SELECT kind, schema, name, whole, definition, app, migration, ours FROM whimbrel.definitions ORDER BY object COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (DefinedObject, error) {
		var o DefinedObject
		err := row.Scan(&o.Kind, &o.Schema, &o.Name, &o.Whole, &o.Text, &o.App, &o.Migration, &o.Ours)
		return o, err
	})
}

// Record records the objects as they are now: they are what the next drift is
// measured by. Who touched one last stays known.
func (e *Executor) Record(ctx context.Context) (count int, err error) {
	err = e.book(ctx, func(tx pgx.Tx) error {
		now, err := e.readNow(ctx, tx)
		if err != nil {
			return err
		}
		before, err := readDefined(ctx, tx)
		if err != nil {
			return err
		}
		_, before = split(before)
		known := owners(before)
		count = len(now)
		return e.rewrite(ctx, tx, keysOf(known), now, func(d detect.Definition) (string, string, bool) {
			o, there := known[d.Key()]
			return o.App, o.Migration, o.Ours || !there
		})
	})
	return count, wrap("recording the definitions", err)
}

// readNow reads the objects inside of a transaction and leaves nothing of what it
// sets: triggers that wait for the end of it have their settings.
func (e *Executor) readNow(ctx context.Context, on batcher) (objects, error) {
	conn := e.db.conn
	begin := fmt.Sprintf("SAVEPOINT whimbrel_definitions; %s; SET LOCAL lock_timeout = %d", pinningLocally(), e.options.lockTimeout().Milliseconds())
	if _, err := simple(ctx, conn, begin); err != nil {
		return nil, err
	}
	found, err := readDefinitions(ctx, on, e.options.Definitions, serverVersion(conn))
	if err != nil {
		return nil, err
	}
	_, err = simple(ctx, conn, "ROLLBACK TO SAVEPOINT whimbrel_definitions; RELEASE SAVEPOINT whimbrel_definitions")
	return byKey(found), err
}

// upTo is the row of the record that is about no object, but says which migration was
// the last one.
const upTo = ""

const recordingHead = `INSERT INTO whimbrel.definitions (object, kind, schema, name, whole, definition, app, migration, ours)
	SELECT $1, '', '', '', '', '', coalesce(min(app), ''), coalesce(min(id), ''), false
	FROM (SELECT app, id FROM whimbrel.migrations ORDER BY position DESC LIMIT 1) AS last`

// rewrite replaces what is recorded of some objects, and up to which migration.
func (e *Executor) rewrite(ctx context.Context, on execer, gone []string, now objects, owner func(detect.Definition) (app, migration string, ours bool)) error {
	if _, err := on.Exec(ctx, "DELETE FROM whimbrel.definitions WHERE object = ANY ($1)", append([]string{upTo}, gone...)); err != nil {
		return err
	}
	if _, err := on.Exec(ctx, recordingHead, upTo); err != nil {
		return err
	}
	columns := make([][]string, 8)
	var ours []bool
	for _, key := range keysOf(now) {
		d := now[key]
		app, migration, own := owner(d)
		for i, cell := range []string{key, d.Kind, d.Schema, d.Name, d.Whole, d.Text(), app, migration} {
			columns[i] = append(columns[i], cell)
		}
		ours = append(ours, own)
	}
	_, err := on.Exec(ctx, `INSERT INTO whimbrel.definitions (object, kind, schema, name, whole, definition, app, migration, ours)
		SELECT * FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]), pg_catalog.unnest($4::text[]),
			pg_catalog.unnest($5::text[]), pg_catalog.unnest($6::text[]), pg_catalog.unnest($7::text[]), pg_catalog.unnest($8::text[]), pg_catalog.unnest($9::bool[])) AS objects`,
		columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7], ours)
	return err
}
