package auditlog

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A Record is a record of the audit log: one change of one row, or of a whole
// table.
type Record struct {
	ID          int64
	At          time.Time
	Transaction string // its xid8
	// Began is when the transaction began, which tells it from those of the same number
	// in other clusters; zero in records from before that was recorded.
	Began        time.Time
	Operation    string // see record.Operations
	Model, Table string // as they were called then
	// Row is the primary key as an object; nil for a table without one, and for
	// the truncation of a table. Old and New are the values that were recorded,
	// of an update at least those that changed; nil where there are none.
	Row, Old, New json.RawMessage
	User          string          // who connected
	Context       json.RawMessage // what the application said
	// History is the history table, as SQL, that the record is from; empty for the
	// log. Its ID is that of this table.
	History string
	// Place is the number in front of whose record it belongs: what it caused was recorded
	// before it; 0: it belongs where it is.
	Place int64
	// Unseen: of an update in a history table, the row before it is not recorded.
	Unseen bool
}

// After reports whether a record is later than another. Those of one table are in
// the order of their places.
func (r Record) After(other Record) bool {
	switch {
	case r.History != other.History, r.place() == other.place() && r.Place > 0 && other.Place > 0 && !r.At.Equal(other.At):
		return r.At.After(other.At)
	case r.place() != other.place():
		return r.place() > other.place()
	case r.Place > 0 != (other.Place > 0):
		return r.Place == 0
	}
	return r.ID > other.ID
}

// place returns the number in whose place the record belongs.
func (r Record) place() int64 {
	if r.Place > 0 {
		return min(r.Place, r.ID)
	}
	return r.ID
}

// Actor returns who the application says it worked for, empty if it says nothing.
func (r Record) Actor() string {
	context := FieldsOf(r.Context)
	for _, key := range []string{record.Actor, "user"} {
		var actor string
		if value := context[key]; value != nil && json.Unmarshal(value, &actor) == nil && actor != "" {
			return actor
		}
	}
	return ""
}

// A Change is what changed in a field: a value is nil where there is none, as
// before an INSERT.
type Change struct {
	Field    string
	Old, New json.RawMessage
}

// Changes returns what changed, by field. Of an update, New can hold the whole row.
func (r Record) Changes() []Change {
	old, now := shown(r.Old), shown(r.New)
	names := old
	if r.Old == nil {
		names = now
	}
	changes := []Change{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		changes = append(changes, Change{Field: name, Old: old[name], New: now[name]})
	}
	return changes
}

// Fields are the values of an object by their names.
type Fields = map[string]json.RawMessage

// FieldsOf returns the fields of an object, nil if it is none: a context can be
// anything.
func FieldsOf(object json.RawMessage) Fields {
	var found Fields
	_ = json.Unmarshal(object, &found)
	return found
}

// recordColumns are what scan reads, of the log as l.
func recordColumns(s shape) string {
	return "l." + record.ID + ", l." + record.At + ", l." + record.Transaction + "::text, " + s.began() + ", " + s.place() + ", l." +
		record.Operation + ", l." + record.Model + ", l." + record.Table + ", l." + record.Row + "::text, l." + record.Old + "::text, l." +
		record.New + "::text,\n\tl." + record.User + ", l." + record.Context + "::text, false"
}

func scan(row pgx.CollectableRow) (Record, error) {
	var r Record
	var began *time.Time
	var place *int64
	var key, old, now, context *string
	err := row.Scan(&r.ID, &r.At, &r.Transaction, &began, &place, &r.Operation, &r.Model, &r.Table, &key, &old, &now, &r.User, &context, &r.Unseen)
	if began != nil {
		r.Began = *began
	}
	if place != nil {
		r.Place = *place
	}
	r.Row, r.Old, r.New, r.Context = raw(key), raw(old), raw(now), raw(context)
	return r, err
}

func raw(text *string) json.RawMessage {
	if text == nil {
		return nil
	}
	return json.RawMessage(*text)
}
