package postgres

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// An AuditModel is what the audit log has of a model.
type AuditModel struct {
	Name        string
	Records     int64
	First, Last time.Time
}

// An AuditTable is a table whose changes are recorded now.
type AuditTable struct {
	Schema, Name string
	Model        string // as its records name it; empty if they are not in the log
	History      string // the table that has the records instead of the log, as SQL
	Setting      string // what its records have as their context
}

// An AuditSummary says what is audited.
type AuditSummary struct {
	Models []AuditModel // by name
	Tables []AuditTable // by schema and name
	Bytes  int64        // of the log with its indexes
}

// AuditSummary counts the records of each model, which reads the whole log. It is
// zero where there is no log.
func (d *Database) AuditSummary(ctx context.Context) (AuditSummary, error) {
	var s AuditSummary
	err := d.reading(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT l.model, pg_catalog.count(*), pg_catalog.min(l.at), pg_catalog.max(l.at)
			FROM audit.log AS l GROUP BY l.model ORDER BY l.model COLLATE "C"`)
		if err != nil {
			return err
		}
		s.Models, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (AuditModel, error) {
			var m AuditModel
			return m, row.Scan(&m.Name, &m.Records, &m.First, &m.Last)
		})
		if err != nil {
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

// auditSize counts the partitions of a log that has some.
const auditSize = `SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid))::bigint
	FROM (SELECT relid FROM pg_catalog.pg_partition_tree('audit.log')
		UNION SELECT 'audit.log'::pg_catalog.regclass) AS t`

// auditTables returns the tables with a trigger whose function writes the log.
func auditTables(ctx context.Context, tx pgx.Tx) ([]AuditTable, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT n.nspname, c.relname, p.prosrc
		FROM pg_catalog.pg_trigger t
		JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
		JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace AND f.nspname = 'audit'
		JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname <> 'audit'
		WHERE NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (AuditTable, error) {
		var t AuditTable
		var source string
		err := row.Scan(&t.Schema, &t.Name, &source)
		t.Model, t.History = writtenModel(source), writtenHistory(source)
		if found := contextSetting.FindStringSubmatch(source); found != nil {
			t.Setting = found[1]
		}
		return t, err
	})
}

// writtenModel returns the model that a function writes records of.
func writtenModel(source string) string {
	found := modelLiteral.FindStringSubmatch(source)
	if found == nil {
		return ""
	}
	text := strings.ReplaceAll(found[2], "''", "'")
	if found[1] != "" {
		text = strings.ReplaceAll(text, `\\`, `\`)
	}
	return text
}

// writtenHistory returns the table that a function writes records to, if that is
// not the log.
func writtenHistory(source string) string {
	found := historyTable.FindStringSubmatch(source)
	if found == nil || found[1] == "audit.log" {
		return ""
	}
	return found[1]
}

var historyTable = regexp.MustCompile(`INSERT INTO (audit\.(?:[a-z0-9_]+|"(?:[^"]|"")+")) \(`)

var contextSetting = regexp.MustCompile(`setting text := nullif\(current_setting\('([a-z0-9_.]+)', true\), ''\)`)

var modelLiteral = regexp.MustCompile(`SELECT '(?:INSERT|UPDATE|DELETE|TRUNCATE)', (E?)'((?:[^']|'')*)'`)

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

// AuditModels returns the names of the models in the log, by name. It reads the
// whole log.
func (d *Database) AuditModels(ctx context.Context) ([]string, error) {
	var names []string
	err := d.reading(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT DISTINCT l.model COLLATE "C" FROM audit.log AS l ORDER BY 1`)
		if err != nil {
			return err
		}
		names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return names, auditProblem("reading the audit log", err)
}

// AuditKey returns the names of the columns of a model's primary key, sorted: of
// the last of its names that has a row in the log with one.
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
		return err
	})
	return columns, auditProblem("reading the audit log", err)
}
