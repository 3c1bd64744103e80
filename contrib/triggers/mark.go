package triggers

import (
	"crypto/md5" //nolint:gosec // names what PostgreSQL names by it
	"encoding/hex"
	"slices"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// What a statement did is recorded at its end. The triggers that are called for its
// rows come before that, and what they change is recorded first. So the first trigger
// of all, for a row, leaves a mark: which statement it is, by how deep it is among
// triggers, its table and what it does, the number that the next record would have, and
// the time. Marks are in a setting of the transaction, the last one first; " x" is one
// that has been taken. If there is another one before the statement's own then something
// was recorded since, and its records say where they belong. Of those with one place the
// earlier one comes first, so times are all different.
//
// MERGE and ON CONFLICT do several things to a table in one statement. What triggers do
// for the rows of one comes behind all of them, so they get the place of the first. Among
// themselves they are in the order in which no key is taken that is not free yet:
// what is deleted, updated, inserted. What foreign keys update then is with the updates.
//
// A setting can be set by everybody. What can be reached by that is another order of
// the own records, no earlier than the transaction.

// placed reports whether records of an operation say what their place is.
func (a *audit) placed(operation string) bool {
	return !a.former && !a.byRow() && slices.Contains([]string{record.Insert, record.Update, record.Delete}, operation)
}

// recordTime is the time of a record.
const recordTime = "coalesce(audit.moment, clock_timestamp())"

// declareMark declares what takeMark needs.
func (a *audit) declareMark() string {
	if !a.placed(record.Update) {
		return ""
	}
	return `    marks text := current_setting('` + record.MarksSetting + `', true);
    mark text := concat(' ', pg_trigger_depth(), '/', TG_RELID, '/', TG_OP, '=');
    place bigint;
    moment timestamptz;
`
}

// takeMark takes the mark of the statement out.
func (a *audit) takeMark() string {
	if !a.placed(record.Update) {
		return ""
	}
	return `    IF strpos(marks, mark) > 0 THEN
        IF NOT starts_with(marks, mark) OR strpos(marks, ' x') > 0 OR strpos(substr(marks, 2), left(mark, -length(TG_OP) - 1)) > 0 THEN
            place := split_part(split_part(marks, mark, 2), '@', 1)::bigint;
            moment := 'epoch'::timestamptz + split_part(split_part(split_part(marks, mark, 2), ' ', 1), '@', 2)::bigint * interval '1 microsecond'
                + CASE TG_OP WHEN 'UPDATE' THEN 1 WHEN 'INSERT' THEN 2 ELSE 0 END * interval '1 microsecond';
            place := greatest(place, (SELECT l.` + a.number() + ` + 1 FROM ` + a.storage() + ` AS l WHERE l.` + record.At + ` < transaction_timestamp() ORDER BY 1 DESC LIMIT 1));
            moment := least(greatest(moment, transaction_timestamp()), clock_timestamp());
        END IF;
        marks := replace(replace(marks, mark || split_part(split_part(marks, mark, 2), ' ', 1), ' x'), ' x x', ' x');
        PERFORM set_config('` + record.MarksSetting + `', CASE WHEN marks = ' x' THEN '' ELSE marks END, true);
    END IF;
`
}

// number is the column that records are numbered by.
func (a *audit) number() string {
	if a.history != "" {
		return record.HistoryID
	}
	return record.ID
}

// storage returns the table that has the records.
func (a *audit) storage() string {
	if a.history != "" {
		return a.historySQL()
	}
	return record.Log
}

// sequence returns what numbers them.
func (a *audit) sequence() string {
	if a.history == "" {
		return record.Log + "_" + record.ID + "_seq"
	}
	hash := md5.Sum([]byte(a.history)) //nolint:gosec // as in historyPartBody
	return record.Schema + ".history_" + hex.EncodeToString(hash[:])[:12] + "_seq"
}

// markBody leaves a mark. It is called for each row, so it has no settings of its own:
// all names are in full, and so are operators, also those that NULLIF would look up.
const markBody = `DECLARE
    level pg_catalog.text := pg_catalog.concat(' ', pg_catalog.pg_trigger_depth(), '/', TG_RELID, '/');
    mark pg_catalog.text := pg_catalog.concat(level, TG_OP, '=');
    marks pg_catalog.text := pg_catalog.current_setting('` + record.MarksSetting + `', true);
    first pg_catalog.int4 := pg_catalog.strpos(marks, level);
BEGIN
    IF pg_catalog.strpos(marks, mark) OPERATOR(pg_catalog.>) 0 THEN
        RETURN NULL;
    ELSIF first OPERATOR(pg_catalog.>) 0 THEN
        PERFORM pg_catalog.set_config('` + record.MarksSetting + `', pg_catalog.concat(pg_catalog.left(marks, first OPERATOR(pg_catalog.-) 1), mark,
            pg_catalog.split_part(pg_catalog.split_part(pg_catalog.split_part(marks, level, 2), '=', 2), ' ', 1), pg_catalog.substr(marks, first)), true);
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.set_config('` + record.MarksSetting + `', pg_catalog.concat(mark,
        coalesce(pg_catalog.pg_sequence_last_value(TG_ARGV[0]::pg_catalog.regclass), 0) OPERATOR(pg_catalog.+) 1, '@',
        greatest((extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8,
            pg_catalog.concat('0', pg_catalog.split_part(pg_catalog.split_part(marks, '@', 2), ' ', 1))::pg_catalog.int8 OPERATOR(pg_catalog.+) 10), marks), true);
    RETURN NULL;
END`
