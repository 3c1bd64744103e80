package auditlog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A Model is what the audit log, or a history table, has of a model.
type Model struct {
	Name    string // empty for a table of which nothing says the model
	Table   string // where its rows are now, with the schema; empty if it is not audited any more
	Audited bool
	History string // the history table, as SQL; empty for the log
	Records int64
	// First and Last are the times of its records in UTC, nil if there are none.
	First, Last *time.Time
}

// A Summary says what is audited.
type Summary struct {
	Models []Model // those with records by name, the log first; then the others by table
	Bytes  int64   // of the log and the history tables with their indexes
}

// Summary counts the records of each model, which reads the whole log. It is zero
// where there is no log.
func (l *Log) Summary(ctx context.Context) (Summary, error) {
	var s Summary
	err := l.read(ctx, func(tx pgx.Tx) error {
		var err error
		if s.Models, err = readModels(ctx, tx); err != nil {
			return err
		}
		tables, err := readTables(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			s.place(t)
		}
		return tx.QueryRow(ctx, size).Scan(&s.Bytes)
	})
	if errors.Is(err, errNoLog) {
		return Summary{}, nil
	}
	return s, problemOf("reading the audit log", err)
}

// place notes that a table is audited now.
func (s *Summary) place(t Table) {
	i := slices.IndexFunc(s.Models, func(m Model) bool { return m.Name == t.Model && m.History == t.History })
	if i < 0 || t.Model == "" {
		s.Models = append(s.Models, Model{Name: t.Model, History: t.History})
		i = len(s.Models) - 1
	}
	s.Models[i].Table, s.Models[i].Audited = t.Schema+"."+t.Name, true
}

// readModels counts the records.
func readModels(ctx context.Context, tx pgx.Tx) ([]Model, error) {
	found, err := count(ctx, tx, "SELECT l."+record.Model+", '', "+counts+" FROM "+record.Log+" AS l GROUP BY l."+record.Model)
	if err != nil {
		return nil, err
	}
	histories, err := readHistories(ctx, tx, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range histories {
		more, err := count(ctx, tx, "SELECT $1::text, $2::text, "+counts+" FROM "+h.sql()+" AS l HAVING pg_catalog.count(*) > 0", h.Model, h.sql())
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	slices.SortStableFunc(found, func(a, b Model) int { return strings.Compare(a.Name, b.Name) })
	return found, nil
}

const counts = "pg_catalog.count(*), pg_catalog.min(l." + record.At + "), pg_catalog.max(l." + record.At + ")"

func count(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]Model, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Model, error) {
		var first, last time.Time
		var m Model
		err := row.Scan(&m.Name, &m.History, &m.Records, &first, &last)
		first, last = first.UTC(), last.UTC()
		m.First, m.Last = &first, &last
		return m, err
	})
}

// size counts the partitions of a log that has some, and the tables that are as
// append-only as the log.
const size = `SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid))::bigint
	FROM (SELECT relid FROM pg_catalog.pg_partition_tree('` + record.Log + `')
		UNION SELECT '` + record.Log + `'::pg_catalog.regclass
		UNION SELECT t.tgrelid FROM pg_catalog.pg_trigger t
			WHERE t.tgfoid = pg_catalog.to_regproc('` + record.Guard + `') AND NOT t.tgisinternal) AS t`

// Models returns the names of the models in the log and of those that have history
// tables, by name. It reads the whole log.
func (l *Log) Models(ctx context.Context) ([]string, error) {
	var names []string
	err := l.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, "SELECT DISTINCT l."+record.Model+` COLLATE "C" FROM `+record.Log+" AS l ORDER BY 1")
		if err != nil {
			return err
		}
		if names, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return err
		}
		histories, err := readHistories(ctx, tx, nil)
		for _, h := range histories {
			names = append(names, h.Model)
		}
		slices.Sort(names)
		names = slices.Compact(names)
		return err
	})
	return names, problemOf("reading the audit log", err)
}
