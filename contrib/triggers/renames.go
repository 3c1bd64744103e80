package triggers

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// extendLog returns what gives a log that is there the columns that it did not have,
// and the table of what columns were called. Records that are there have no values.
func extendLog() []string {
	return []string{
		"ALTER TABLE " + record.Log + " ADD COLUMN IF NOT EXISTS " + record.Began + " timestamptz, ADD COLUMN IF NOT EXISTS " + record.Place + " bigint",
		"ALTER TABLE " + record.Log + " ALTER " + record.Began + " SET DEFAULT pg_catalog.transaction_timestamp()",
		createRenames,
		"SELECT audit.guard('" + record.Renames + "')",
		"SELECT audit.date_histories()",
	}
}

const (
	createRenames = `CREATE TABLE IF NOT EXISTS ` + record.Renames + ` (
    ` + record.RenamedID + ` bigint NOT NULL,
    ` + record.RenamedAt + ` timestamptz NOT NULL,
    ` + record.FormerModel + ` text NOT NULL,
    ` + record.RenamedModel + ` text NOT NULL,
    ` + record.FormerColumn + ` text,
    ` + record.RenamedTo + ` text
)`
	dropRenames = `DO $renames$
BEGIN
    IF NOT EXISTS (SELECT FROM ` + record.Renames + `) THEN
        DROP TABLE ` + record.Renames + `;
    END IF;
END
$renames$`
	// noteRenamesBody is called with the table locked: no record of it is on its way.
	// Where nothing is recorded, there is nothing to be told.
	noteRenamesBody = `DECLARE
    used boolean := EXISTS (SELECT FROM {log});
    moment timestamptz := clock_timestamp();
BEGIN
    IF NOT used AND history IS NOT NULL THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I)', history) INTO used;
    END IF;
    IF used THEN
        INSERT INTO ` + record.Renames + ` (` + record.RenamedID + `, ` + record.RenamedAt + `, ` + record.FormerModel + `, ` + record.RenamedModel + `, ` + record.FormerColumn + `, ` + record.RenamedTo + `)
        SELECT coalesce(pg_sequence_last_value('{log}_id_seq'), 0), moment, was, now, w, n FROM unnest(was_columns, now_columns) u(w, n)
        UNION ALL SELECT coalesce(pg_sequence_last_value('{log}_id_seq'), 0), moment, was, now, NULL, NULL WHERE was <> now;
    END IF;
END`
)

// noteRenames adds to the create of an audit that is made again what its model and its
// columns were called before: records keep the names of their time.
func noteRenames(before, after *built) {
	was, is := before.audit, after.audit
	if was == nil || is == nil || is.former {
		return
	}
	if from, to := renamed(was, is); len(from) > 0 || was.model != is.model {
		after.create = append(after.create, noted(was, is, from, to, is.history))
	}
	if from, to := renamed(is, was); len(from) > 0 || was.model != is.model {
		after.undo = append([]string{noted(is, was, from, to, is.history)}, after.undo...)
	}
}

// renames reports whether records of an audit have other names than those of now:
// its SQL may be the same where two columns have exchanged theirs.
func (b built) renames(old built) bool {
	if old.audit == nil || b.audit == nil {
		return false
	}
	from, _ := renamed(old.audit, b.audit)
	return len(from) > 0 || old.audit.model != b.audit.model
}

// renamed returns the names, as literals, of columns that have another one than before
// or are not there any more.
func renamed(was, is *audit) (from, to []string) {
	for _, old := range was.columns {
		now, there := is.find(old)
		switch {
		case !there:
			from, to = append(from, address.Literal(old.name)), append(to, "NULL")
		case now.name != old.name:
			from, to = append(from, address.Literal(old.name)), append(to, address.Literal(now.name))
		}
	}
	return from, to
}

// find returns the column of the same field.
func (t *table) find(c column) (column, bool) {
	for _, other := range t.columns {
		if other.address == c.address {
			return other, true
		}
	}
	return column{}, false
}

// noted returns the statement; history is the table that can have records, by its name
// at the time.
func noted(was, is *audit, from, to []string, table string) string {
	history := "NULL"
	if was.history != "" && is.history != "" {
		history = address.Literal(table)
	}
	return fmt.Sprintf("SELECT audit.note_renames(%s, %s, %s, ARRAY[%s]::text[], ARRAY[%s]::text[])", address.Literal(was.model), address.Literal(is.model),
		history, strings.Join(from, ", "), strings.Join(to, ", "))
}
