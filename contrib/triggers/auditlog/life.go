package auditlog

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// maxMoves is how many changes of its primary key a row is followed through.
const maxMoves = 100

// Life returns the records of a row, the oldest first; nil if there are none. The row
// is known by any of its keys, in a model by its names, and is followed through
// changes of its primary key.
func (l *Log) Life(ctx context.Context, names []Name, keys []Key) ([]Record, error) {
	whole := Query{Models: names, Rows: keys, Truncations: true, Oldest: true, Present: true}
	records, err := l.collect(ctx, whole)
	if err != nil || !slices.ContainsFunc(records, func(r Record) bool { return r.Row != nil }) {
		return nil, err
	}
	if records, err = l.before(ctx, whole, records); err != nil {
		return nil, err
	}
	return l.after(ctx, whole, records)
}

// before puts the life of a row under its earlier primary keys in front. What
// had the key before the row got it is another row.
func (l *Log) before(ctx context.Context, whole Query, records []Record) ([]Record, error) {
	seen := len(records) // records from here on are looked through
	for range maxMoves {
		i := len(records[:seen]) - 1
		for i >= 0 && earlierKey(records[i]) == nil {
			i--
		}
		if i < 0 {
			return records, nil
		}
		query := whole
		query.Rows, query.Before = []Key{earlierKey(records[i])}, &records[i]
		earlier, err := l.collect(ctx, query)
		if err != nil {
			return nil, err
		}
		records, seen = slices.Concat(earlier, records[i:]), len(earlier)
	}
	return records, nil
}

// after adds the life of a row under later primary keys.
func (l *Log) after(ctx context.Context, whole Query, records []Record) ([]Record, error) {
	for range maxMoves {
		last := records[len(records)-1]
		if last.Row == nil || last.Operation == record.Delete || last.Operation == record.Truncate {
			return records, nil
		}
		query := whole
		query.Rows, query.Truncations, query.MovedFrom, query.After, query.Limit = nil, false, last.Row, &last, 1
		moved, err := l.collect(ctx, query)
		if err != nil || len(moved) == 0 {
			return records, err
		}
		query = whole
		query.Rows, query.After = []Key{moved[0].Row}, &moved[0]
		later, err := l.collect(ctx, query)
		if err != nil {
			return nil, err
		}
		records = slices.Concat(records, moved, later)
	}
	return records, nil
}

// earlierKey returns the primary key that a row had before an update, nil if the
// update did not change it.
func earlierKey(r Record) Key {
	if r.Operation != record.Update {
		return nil
	}
	key, old, moved := FieldsOf(r.Row), FieldsOf(r.Old), false
	for name := range key {
		if value, ok := old[name]; ok {
			key[name], moved = value, true
		}
	}
	if !moved {
		return nil
	}
	encoded, err := json.Marshal(key)
	if err != nil {
		return nil // values that were read can be written
	}
	return encoded
}
