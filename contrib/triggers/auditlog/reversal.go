package auditlog

import (
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A reversal undoes changes of one sort that were made to rows of one table one
// after another, in one statement. The values of all rows are one parameter.
type reversal struct {
	table     *target
	model     string
	operation string // what was done
	rows      []reversalRow
	seen      map[string]bool // the keys of rows
	// key are the columns that tell rows apart, was those that have to be as they
	// were left, set those that get other values.
	key, was, set []targetColumn
}

// A reversalRow is a row with the values that the parts of a reversal need.
type reversalRow struct {
	row Key             // as it is recorded
	Key json.RawMessage `json:"k"`
	Was json.RawMessage `json:"w,omitempty"`
	Set json.RawMessage `json:"s,omitempty"`
}

// take adds another reversal of one row, if it can be part of this one.
func (r *reversal) take(other *reversal, most int) bool {
	key := string(other.rows[0].Key)
	if r.table != other.table || r.operation != other.operation || len(r.rows) >= most || r.seen[key] ||
		!slices.Equal(r.key, other.key) || !slices.Equal(r.was, other.was) || !slices.Equal(r.set, other.set) {
		return false
	}
	r.rows, r.seen[key] = append(r.rows, other.rows[0]), true
	return true
}

// payload returns the parameter of the statements.
func (r *reversal) payload() (string, error) {
	encoded, err := state.Encode(r.rows)
	return string(encoded), err
}

// verb is what undoing does.
func (r *reversal) verb() string {
	switch r.operation {
	case record.Insert:
		return record.Delete
	case record.Update:
		return record.Update
	}
	return record.Insert
}
