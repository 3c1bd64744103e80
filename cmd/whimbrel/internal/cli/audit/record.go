package audit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A record is a record of the audit log as it is shown.
type record struct {
	ID          int64           `json:"id"`
	At          time.Time       `json:"at"`
	Transaction string          `json:"transaction"`
	Began       *time.Time      `json:"began,omitempty"` // the transaction
	User        string          `json:"db_user"`
	Actor       string          `json:"actor,omitempty"`
	Context     json.RawMessage `json:"context,omitempty"`
	Operation   string          `json:"operation"`
	Model       string          `json:"model"`
	Row         json.RawMessage `json:"row,omitempty"`
	History     string          `json:"history,omitempty"` // the table that the record is in, if not in the log
	Changes     []change        `json:"changes"`
}

// A change is what changed in a field: a value is absent where there is none, as
// before an INSERT.
type change struct {
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}

func newRecord(r auditlog.Record) record {
	shown := record{
		ID: r.ID, At: r.At.UTC(), Transaction: r.Transaction, User: r.User, Actor: r.Actor(), Context: r.Context, Operation: r.Operation,
		Model: r.Model, Row: r.Row, History: r.History, Changes: []change{},
	}
	if !r.Began.IsZero() {
		began := r.Began.UTC()
		shown.Began = &began
	}
	for _, c := range r.Changes() {
		shown.Changes = append(shown.Changes, change(c))
	}
	return shown
}

// A remark is a key of a context with its value.
type remark struct{ key, value string }

// remarks returns what the context says besides who did it; whether it is an object.
func (r record) remarks() ([]remark, bool) {
	context := auditlog.FieldsOf(r.Context)
	var found []remark
	for _, key := range slices.Sorted(maps.Keys(context)) {
		value, ok := text(context[key])
		if ok && value == r.Actor && (key == "actor" || key == "user") {
			continue
		}
		found = append(found, remark{key, or(value, string(context[key]))})
	}
	return found, context != nil
}

// who returns who did it: the user of the database and what the application said.
func (r record) who() string {
	who := r.User
	if r.Actor != "" {
		who += " (" + r.Actor + ")"
	}
	remarks, object := r.remarks()
	for _, said := range remarks {
		who += "  " + said.key + "=" + cut(said.value)
	}
	if !object && r.Context != nil && string(r.Context) != "null" {
		who += "  " + cut(string(r.Context))
	}
	return line(who)
}

// what returns the operation and its row.
func (r record) what() string {
	if r.Row == nil {
		return r.Operation + " " + line(r.Model)
	}
	return r.Operation + " " + line(r.Model) + " " + key(r.Row)
}

func (c change) String() string {
	name := line(c.Field)
	switch {
	case c.Old == nil:
		return name + ": " + value(c.New)
	case c.New == nil:
		return name + ": " + value(c.Old)
	}
	return name + ": " + value(c.Old) + " -> " + value(c.New)
}

// print writes a record below the line of its transaction.
func (r record) print(p *output.Printer) {
	p.Line("  %s", r.what())
	if r.Operation == contract.Update {
		for _, c := range r.Changes {
			p.Line("    %s", c)
		}
		return
	}
	var parts []string
	for _, c := range r.Changes {
		parts = append(parts, c.String())
	}
	if len(parts) > 0 {
		p.Line("    %s", strings.Join(parts, ", "))
	}
}

// head returns the line of a transaction.
func (r record) head(p *output.Printer) string {
	return p.Yellow("transaction "+r.Transaction) + "  " + r.At.Format(timeFormat) + "  " + r.who()
}
