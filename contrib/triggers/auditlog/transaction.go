package auditlog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// A transaction is one of those that have a number: the numbers begin anew in a cluster
// that the records were restored into.
type transaction struct {
	began       *time.Time // nil in records from before that was recorded
	first, last time.Time  // of its records
	user        string
	records     int64
}

// only adds the conditions that a record is of the transaction.
func (t *transaction) only(c *conditions, s shape) {
	if t.began != nil {
		c.add(s.began()+" = $?::timestamptz", *t.began)
		return
	}
	c.add(s.began() + " IS NULL")
	c.add("l."+record.At+" BETWEEN $?::timestamptz AND $?::timestamptz", t.first, t.last)
	c.add("l."+record.User+" = $?::text", t.user)
}

// money returns the setting by which the amounts of money were recorded.
func (t *transaction) money() string {
	if t.began == nil {
		return "" // that of the writer, whichever that was
	}
	return "SET LOCAL lc_monetary = 'C'"
}

// readTransactions returns the transactions of a number, by time. Where it is not
// recorded when they began, what is more than a day apart or of several users is taken
// for several.
func (u Undo) readTransactions(ctx context.Context, tx pgx.Tx) ([]*transaction, error) {
	var c conditions
	number := c.arg(u.Transaction)
	shape, err := readShape(ctx, tx)
	if err != nil {
		return nil, err
	}
	histories, err := readHistories(ctx, tx, nil)
	if err != nil {
		return nil, err
	}
	from := []string{recordTimes(record.Log, number, shape)}
	for _, h := range histories {
		from = append(from, recordTimes(h.sql(), number, h.shape()))
	}
	rows, err := tx.Query(ctx, `SELECT l.began, min(l.at) AS first, max(l.at) AS last, max(l.db_user), pg_catalog.count(*) FROM (
		SELECT l.*, pg_catalog.sum(l.apart) OVER (PARTITION BY l.began, l.who ORDER BY l.at) AS part FROM (
			SELECT l.*, CASE WHEN l.began IS NULL AND l.at - pg_catalog.lag(l.at) OVER (PARTITION BY l.began, l.who ORDER BY l.at) > interval '1 day' THEN 1 ELSE 0 END AS apart
			FROM (`+strings.Join(from, " UNION ALL ")+`) AS l) AS l) AS l
		GROUP BY l.began, l.who, l.part`+u.times(&c)+` ORDER BY first`, c.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*transaction, error) {
		var t transaction
		return &t, row.Scan(&t.began, &t.first, &t.last, &t.user, &t.records)
	})
}

func recordTimes(table, number string, s shape) string {
	return "SELECT " + s.began() + " AS began, l." + record.At + ", l." + record.User + ", CASE WHEN " + s.began() + " IS NULL THEN l." + record.User + " END AS who FROM " + table + " AS l WHERE l." + record.Transaction +
		" = " + number + "::text::xid8 AND l." + record.Operation + " <> '" + record.Snapshot + "'"
}

// times limits the transactions to those with records in a time.
func (u Undo) times(c *conditions) string {
	var limits conditions
	limits.args = c.args
	if u.Since != "" {
		sql, text := point(u.Since)
		limits.add("max(l.at) >= "+sql, text)
	}
	if u.Until != "" {
		sql, text := point(u.Until)
		limits.add("min(l.at) < "+sql+" + interval '1 millisecond'", text)
	}
	c.args = limits.args
	return strings.Replace(limits.where(), "WHERE", "HAVING", 1)
}

// transaction returns the one that is meant.
func (r *retraction) transaction(ctx context.Context) (*transaction, error) {
	found, err := r.readTransactions(ctx, r.tx)
	switch {
	case err != nil:
		return nil, problemOf("reading the audit log", err)
	case len(found) == 0:
		return nil, problem("WH5404", "the audit log has no transaction "+r.Transaction, "Its number is the xid of its records.",
			"see the last ones: whimbrel audit log")
	case len(found) > 1:
		return nil, several(r.Transaction, found)
	}
	return found[0], nil
}

// several says that a number is that of several transactions.
func several(number string, found []*transaction) diag.Diagnostic {
	var list lines
	for _, t := range found {
		list.add(fmt.Sprintf("%s to %s  %s  %s", shownTime(t.first), shownTime(t.last), t.user, diag.Plural(int(t.records), "record")))
	}
	return problem("WH5408", "several transactions of the audit log have the number "+number,
		"The numbers begin anew in a cluster that the log was restored into.\n"+list.String()+"\nNothing was changed.",
		"say which one is meant by a time at which it wrote: --since TIME, --until TIME")
}

func shownTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000 UTC") }
