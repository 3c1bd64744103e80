package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Replica is a database with empty schemas in the place of those that are there. It
// lasts for one transaction, which is rolled back; nobody else sees it, and nothing
// that is there is touched or locked.
type Replica struct {
	db *Database
	tx pgx.Tx
	// There are the objects of the database by key, as it is outside.
	There map[string]detect.Definition
	// Kept are the names of the schemas that are those of the database: what names them
	// is not to be run.
	Kept    []string
	queries []detect.CatalogQuery
}

// ErrNoReplica is returned by Replicate where the user has no right to give the schemas
// other names, or where an extension cannot be moved.
var ErrNoReplica = errors.New("the user may not rename the schemas of the database")

// Replicate has something done in a replica of the database, whose objects the queries
// read.
func (d *Database) Replicate(ctx context.Context, queries []detect.CatalogQuery, do func(r *Replica) error) error {
	tx, err := d.conn.BeginTx(ctx, writing)
	if err != nil {
		return wrap("making a replica", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // or else the connection ends it
	r := &Replica{db: d, tx: tx, queries: queries}
	if r.There, err = r.Objects(ctx); err != nil {
		return wrap("reading the definitions of the database's objects", err)
	}
	if err := errors.Join(r.calm(ctx), r.clear(ctx)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoReplica, err)
	}
	return do(r)
}

// Of the schemas, those of PostgreSQL, of extensions and of whimbrel itself are kept.
// Extensions inside of the others go on being found where they were.
const (
	replicaSchemas = `SELECT nspname, pg_catalog.quote_ident(nspname), nspname = 'whimbrel' OR EXISTS (
			SELECT FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND objid = n.oid AND deptype = 'e')
		FROM pg_catalog.pg_namespace n WHERE nspname <> 'information_schema' AND nspname !~ '^pg_' ORDER BY 1`
	replicaExtensions = `SELECT pg_catalog.format('ALTER EXTENSION %I SET SCHEMA ', extname) FROM pg_catalog.pg_extension
		JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace WHERE nspname = $1 ORDER BY 1`
)

type replicaSchema struct {
	name, quoted string
	kept         bool
}

// clear puts an empty schema in the place of each.
func (r *Replica) clear(ctx context.Context) error {
	rows, err := r.tx.Query(ctx, replicaSchemas)
	if err != nil {
		return err
	}
	schemas, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s replicaSchema, err error) {
		return s, row.Scan(&s.name, &s.quoted, &s.kept)
	})
	for i, s := range schemas {
		if err != nil {
			return err
		}
		if s.kept {
			r.Kept = append(r.Kept, s.name)
			continue
		}
		err = r.replace(ctx, s, i)
	}
	return err
}

func (r *Replica) replace(ctx context.Context, s replicaSchema, number int) error {
	rows, err := r.tx.Query(ctx, replicaExtensions, s.name)
	if err != nil {
		return err
	}
	moves, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	sql := fmt.Sprintf("ALTER SCHEMA %s RENAME TO whimbrel_replaced_%d; CREATE SCHEMA %s", s.quoted, number, s.quoted)
	for _, move := range moves {
		sql += "; " + move + s.quoted
	}
	_, err = simple(ctx, r.db.conn, sql)
	return err
}

// calm keeps event triggers from being run, where the user may: their functions would
// not find what they need.
func (r *Replica) calm(ctx context.Context) error {
	rows, err := r.tx.Query(ctx, `SELECT pg_catalog.format('ALTER EVENT TRIGGER %I DISABLE', evtname) FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D'`)
	if err != nil {
		return err
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, disable := range list {
		if _, failed := r.Run(ctx, disable); failed != nil {
			return failed
		}
	}
	return err
}

// Begin sets the session as each script finds it.
func (r *Replica) Begin(ctx context.Context) error {
	_, err := simple(ctx, r.db.conn, "SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; "+r.db.pins()+
		"; SET LOCAL lock_timeout = 1000; SET LOCAL statement_timeout = 60000; SET LOCAL row_security = off")
	return wrap("making a replica", err)
}

// Run runs a statement. If the server refuses it nothing of it is left.
func (r *Replica) Run(ctx context.Context, sql string) (refused, err error) {
	if _, err := simple(ctx, r.db.conn, "SAVEPOINT whimbrel_statement"); err != nil {
		return nil, wrap("making a replica", err)
	}
	end := "RELEASE SAVEPOINT whimbrel_statement"
	if _, refused = simple(ctx, r.db.conn, sql); refused != nil {
		end = "ROLLBACK TO SAVEPOINT whimbrel_statement; " + end
	}
	if err := errors.Join(ctx.Err(), still(r.db.conn, sql)); err != nil {
		return nil, err
	}
	_, err = simple(ctx, r.db.conn, end)
	return refused, wrap("making a replica", err)
}

// Trying has something done that is taken back.
func (r *Replica) Trying(ctx context.Context, do func() error) error {
	if _, err := simple(ctx, r.db.conn, "SAVEPOINT whimbrel_trial"); err != nil {
		return wrap("making a replica", err)
	}
	if err := do(); err != nil {
		return err
	}
	_, err := simple(ctx, r.db.conn, "ROLLBACK TO SAVEPOINT whimbrel_trial; RELEASE SAVEPOINT whimbrel_trial")
	return wrap("making a replica", err)
}

// Objects returns the objects that there are now, by key.
func (r *Replica) Objects(ctx context.Context) (map[string]detect.Definition, error) {
	if _, err := simple(ctx, r.db.conn, "SAVEPOINT whimbrel_definitions; "+pinningLocally()); err != nil {
		return nil, err
	}
	found, err := readDefinitions(ctx, r.tx, r.queries, serverVersion(r.db.conn))
	if err != nil {
		return nil, err
	}
	_, err = simple(ctx, r.db.conn, "ROLLBACK TO SAVEPOINT whimbrel_definitions; RELEASE SAVEPOINT whimbrel_definitions")
	return byKey(found), err
}
