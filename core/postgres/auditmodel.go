package postgres

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// An AuditModel is what the audit log, or a history table, has of a model.
type AuditModel struct {
	Name        string
	History     string // the history table, as SQL; empty for the log
	Records     int64
	First, Last time.Time
}

// An AuditSummary says what is audited.
type AuditSummary struct {
	Models []AuditModel // by name, the log first
	Tables []AuditTable // by schema and name
	Bytes  int64        // of the log and the history tables with their indexes
}

// AuditSummary counts the records of each model, which reads the whole log. It is
// zero where there is no log.
func (d *Database) AuditSummary(ctx context.Context) (AuditSummary, error) {
	var s AuditSummary
	err := d.reading(ctx, func(tx pgx.Tx) error {
		var err error
		if s.Models, err = auditCounts(ctx, tx); err != nil {
			return err
		}
		if s.Tables, err = auditTables(ctx, tx); err != nil {
			return err
		}
		return tx.QueryRow(ctx, auditSize).Scan(&s.Bytes)
	})
	if errors.Is(err, errNoAudit) {
		return AuditSummary{}, nil
	}
	return s, auditProblem("reading the audit log", err)
}

// auditCounts counts the records.
func auditCounts(ctx context.Context, tx pgx.Tx) ([]AuditModel, error) {
	rows, err := tx.Query(ctx, `SELECT l.model, '', pg_catalog.count(*), pg_catalog.min(l.at), pg_catalog.max(l.at)
		FROM audit.log AS l GROUP BY l.model`)
	if err != nil {
		return nil, err
	}
	counted := func(row pgx.CollectableRow) (AuditModel, error) {
		var m AuditModel
		return m, row.Scan(&m.Name, &m.History, &m.Records, &m.First, &m.Last)
	}
	found, err := pgx.CollectRows(rows, counted)
	if err != nil {
		return nil, err
	}
	histories, err := readHistories(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, h := range histories {
		rows, err := tx.Query(ctx, `SELECT $1::text, $2::text, pg_catalog.count(*), pg_catalog.min(h.at), pg_catalog.max(h.at)
			FROM `+h.sql()+" AS h HAVING pg_catalog.count(*) > 0", h.Model, h.sql())
		if err != nil {
			return nil, err
		}
		more, err := pgx.CollectRows(rows, counted)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	slices.SortStableFunc(found, func(a, b AuditModel) int { return strings.Compare(a.Name, b.Name) })
	return found, nil
}

// auditSize counts the partitions of a log that has some, and the tables that are
// as append-only as the log.
const auditSize = `SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid))::bigint
	FROM (SELECT relid FROM pg_catalog.pg_partition_tree('audit.log')
		UNION SELECT 'audit.log'::pg_catalog.regclass
		UNION SELECT t.tgrelid FROM pg_catalog.pg_trigger t
			WHERE t.tgfoid = pg_catalog.to_regproc('audit.refuse_change') AND NOT t.tgisinternal) AS t`

// AuditTables returns the tables whose changes are recorded now.
func (d *Database) AuditTables(ctx context.Context) ([]AuditTable, error) {
	var tables []AuditTable
	err := d.reading(ctx, func(tx pgx.Tx) error {
		var err error
		tables, err = auditTables(ctx, tx)
		return err
	})
	return tables, auditProblem("reading which tables are audited", err)
}

// AuditModels returns the names of the models in the log and of those that have
// history tables, by name. It reads the whole log.
func (d *Database) AuditModels(ctx context.Context) ([]string, error) {
	var names []string
	err := d.reading(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT DISTINCT l.model COLLATE "C" FROM audit.log AS l ORDER BY 1`)
		if err != nil {
			return err
		}
		if names, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return err
		}
		histories, err := readHistories(ctx, tx)
		for _, h := range histories {
			names = append(names, h.Model)
		}
		slices.Sort(names)
		names = slices.Compact(names)
		return err
	})
	return names, auditProblem("reading the audit log", err)
}

// AuditKey returns the names of the columns of a model's primary key, sorted: of
// the last of its names that has a row in the log with one, else that of its
// history table.
func (d *Database) AuditKey(ctx context.Context, names ...AuditName) ([]string, error) {
	var columns []string
	err := d.reading(ctx, func(tx pgx.Tx) error {
		q := AuditQuery{Models: names, Limit: 1}
		var c conditions
		q.models(&c)
		c.add("l.row_id IS NOT NULL")
		rows, err := tx.Query(ctx, `SELECT k.name FROM (SELECT l.row_id FROM audit.log AS l`+c.where()+q.order()+`) AS l,
			pg_catalog.jsonb_object_keys(l.row_id) AS k(name) ORDER BY k.name COLLATE "C"`, c.args...)
		if err != nil {
			return err
		}
		columns, err = pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil || len(columns) > 0 {
			return err
		}
		histories, err := readHistories(ctx, tx)
		for _, h := range histories {
			if _, of := q.of(h); of && h.keyed() {
				columns = h.Key
			}
		}
		return err
	})
	return columns, auditProblem("reading the audit log", err)
}
