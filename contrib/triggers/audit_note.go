package triggers

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A note says in the database what an audit records, for those who read the
// records: it is the comment of the function, and of the history table, which
// outlives the function.
type note struct {
	Model    string            `json:"model"` // as it stands in the records
	Schema   string            `json:"schema"`
	Table    string            `json:"table"`
	Storage  string            `json:"storage"`           // "log" or "history"
	History  string            `json:"history,omitempty"` // in the schema of the log
	Key      []string          `json:"key"`               // columns, by name
	Columns  map[string]string `json:"columns"`           // of the table, with the name that they have in the records
	Excluded []string          `json:"excluded"`
	Masked   []string          `json:"masked"`
	Context  string            `json:"context"`         // the setting
	Actor    string            `json:"actor,omitempty"` // the setting
	New      string            `json:"new,omitempty"`
	Truncate string            `json:"truncate,omitempty"`
}

func (a *audit) note() note {
	n := note{
		Model: a.model, Schema: a.Schema, Table: a.Table, Storage: storageLog, History: a.history, Key: []string{},
		Columns: map[string]string{}, Excluded: []string{}, Masked: []string{},
		Context: a.Context, Actor: a.Actor, New: a.New, Truncate: a.Truncate,
	}
	if a.history != "" {
		n.Storage = storageHistory
	}
	for _, c := range a.key {
		n.Key = append(n.Key, c.name)
	}
	for _, c := range a.recorded {
		n.Columns[c.name] = c.name
		if a.history != "" {
			n.Columns[c.name] = c.inHistory()
		}
		if c.masked {
			n.Masked = append(n.Masked, c.name)
		}
	}
	slices.Sort(n.Masked)
	for _, c := range a.columns {
		if _, recorded := n.Columns[c.name]; !recorded {
			n.Excluded = append(n.Excluded, c.name)
		}
	}
	return n
}

// notes returns the statements that write the note. Columns and tables that are
// renamed have their triggers made again, and so the note.
func (a *audit) notes() []string {
	encoded, _ := state.Encode(a.note()) // strings always have a form
	text := " IS " + address.Literal(string(encoded))
	list := []string{"COMMENT ON FUNCTION " + address.Qualify(logSchema, a.name) + "()" + text}
	if a.history != "" {
		list = append(list, "COMMENT ON TABLE "+a.historySQL()+text)
	}
	return list
}
