package record

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/state"
)

// A Note says in the database what an audit records, for those who read the
// records: it is the comment of the function, and of the history table, which
// outlives the function.
type Note struct {
	Model    string            `json:"model"` // as it stands in the records
	Schema   string            `json:"schema"`
	Table    string            `json:"table"`
	Storage  string            `json:"storage"`           // see InLog
	History  string            `json:"history,omitempty"` // in the schema of the log
	Key      []string          `json:"key"`               // columns of the table, by name
	Columns  map[string]string `json:"columns"`           // of the table, with the name that they have in the records
	Excluded []string          `json:"excluded"`
	Masked   []string          `json:"masked"`
	Context  string            `json:"context"`         // the setting
	Actor    string            `json:"actor,omitempty"` // the setting
	New      string            `json:"new,omitempty"`
	Truncate string            `json:"truncate,omitempty"`
}

// Where an audit records.
const (
	InLog     = "log"
	InHistory = "history"
)

// String returns the comment.
func (n Note) String() string {
	encoded, _ := state.Encode(n) // strings always have a form
	return string(encoded)
}

// ParseNote reads a comment; what somebody else wrote is no note.
func ParseNote(comment string) (Note, bool) {
	var n Note
	err := json.Unmarshal([]byte(comment), &n)
	return n, err == nil && n.Model != ""
}
