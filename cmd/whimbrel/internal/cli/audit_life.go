package cli

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

type rawKey = json.RawMessage

// maxMoves is how many changes of its primary key a row is followed through.
const maxMoves = 100

// life returns the records of a row, the oldest first.
func (a *auditing) life(ctx context.Context, names []postgres.AuditName, keys []rawKey) ([]postgres.AuditRecord, error) {
	whole := postgres.AuditQuery{Models: names, Rows: keys, Truncations: true, Oldest: true}
	records, err := a.db.AuditRecords(ctx, whole)
	if err != nil || !slices.ContainsFunc(records, func(r postgres.AuditRecord) bool { return r.Row != nil }) {
		return nil, err
	}
	if records, err = a.before(ctx, whole, records); err != nil {
		return nil, err
	}
	return a.after(ctx, whole, records)
}

// before puts the life of a row under its earlier primary keys in front. What
// had the key before the row got it is another row.
func (a *auditing) before(ctx context.Context, whole postgres.AuditQuery, records []postgres.AuditRecord) ([]postgres.AuditRecord, error) {
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
		query.Rows, query.Before = []rawKey{earlierKey(records[i])}, &records[i]
		earlier, err := a.db.AuditRecords(ctx, query)
		if err != nil {
			return nil, err
		}
		records, seen = slices.Concat(earlier, records[i:]), len(earlier)
	}
	return records, nil
}

// after adds the life of a row under later primary keys.
func (a *auditing) after(ctx context.Context, whole postgres.AuditQuery, records []postgres.AuditRecord) ([]postgres.AuditRecord, error) {
	for range maxMoves {
		last := records[len(records)-1]
		if last.Row == nil || last.Operation == "DELETE" || last.Operation == "TRUNCATE" {
			return records, nil
		}
		query := whole
		query.Rows, query.Truncations, query.MovedFrom, query.After, query.Limit = nil, false, last.Row, &last, 1
		moved, err := a.db.AuditRecords(ctx, query)
		if err != nil || len(moved) == 0 {
			return records, err
		}
		query = whole
		query.Rows, query.After = []rawKey{moved[0].Row}, &moved[0]
		later, err := a.db.AuditRecords(ctx, query)
		if err != nil {
			return nil, err
		}
		records = slices.Concat(records, moved, later)
	}
	return records, nil
}

// earlierKey returns the primary key that a row had before an update, nil if the
// update did not change it.
func earlierKey(r postgres.AuditRecord) rawKey {
	if r.Operation != "UPDATE" {
		return nil
	}
	key, old, moved := fieldsOf(r.Row), fieldsOf(r.Old), false
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
