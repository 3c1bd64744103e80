package cli

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// timeFormat is how times of the audit log are shown: what is shown can be given
// to --at and --until again.
const timeFormat = "2006-01-02 15:04:05.000 UTC"

// An auditRecord is a record of the audit log as it is shown.
type auditRecord struct {
	ID          int64           `json:"id"`
	At          time.Time       `json:"at"`
	Transaction string          `json:"transaction"`
	User        string          `json:"db_user"`
	Actor       string          `json:"actor,omitempty"`
	Context     json.RawMessage `json:"context,omitempty"`
	Operation   string          `json:"operation"`
	Model       string          `json:"model"`
	Row         json.RawMessage `json:"row,omitempty"`
	History     string          `json:"history,omitempty"` // the table that the record is in, if not in the log
	Changes     []auditChange   `json:"changes"`
}

// An auditChange is what changed in a field: a value is absent where there is
// none, as before an INSERT.
type auditChange struct {
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}

func newAuditRecord(r postgres.AuditRecord) auditRecord {
	shown := auditRecord{
		ID: r.ID, At: r.At.UTC(), Transaction: r.Transaction, User: r.User, Context: r.Context, Operation: r.Operation,
		Model: r.Model, Row: r.Row, History: r.History, Changes: []auditChange{},
	}
	context := fieldsOf(r.Context)
	for _, key := range []string{"actor", "user"} {
		if text, ok := text(context[key]); ok && shown.Actor == "" {
			shown.Actor = text
		}
	}
	old, now := fieldsOf(r.Old), fieldsOf(r.New)
	names := old // of an update, new can hold the whole row
	if r.Old == nil {
		names = now
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		shown.Changes = append(shown.Changes, auditChange{Field: name, Old: old[name], New: now[name]})
	}
	return shown
}

type fields = map[string]json.RawMessage

// fieldsOf returns the fields of an object, nil if it is none.
func fieldsOf(object json.RawMessage) fields {
	var found fields
	_ = json.Unmarshal(object, &found) // a context can be anything
	return found
}

func text(value json.RawMessage) (string, bool) {
	var text string
	err := json.Unmarshal(value, &text)
	return text, value != nil && err == nil
}

// who returns who did it: the user of the database and what the application said.
func (r auditRecord) who() string {
	who := r.User
	if r.Actor != "" {
		who += " (" + r.Actor + ")"
	}
	context := fieldsOf(r.Context)
	for _, key := range slices.Sorted(maps.Keys(context)) {
		if value, ok := text(context[key]); !ok || value != r.Actor || key != "actor" && key != "user" {
			who += "  " + key + "=" + cut(or(value, string(context[key])))
		}
	}
	if context == nil && r.Context != nil && string(r.Context) != "null" {
		who += "  " + cut(string(r.Context))
	}
	return shown(who)
}

// what returns the operation and its row.
func (r auditRecord) what() string {
	if r.Row == nil {
		return r.Operation + " " + shown(r.Model)
	}
	return r.Operation + " " + shown(r.Model) + " " + keyText(r.Row)
}

func (c auditChange) String() string {
	name := shown(c.Field)
	switch {
	case c.Old == nil:
		return name + ": " + value(c.New)
	case c.New == nil:
		return name + ": " + value(c.Old)
	}
	return name + ": " + value(c.Old) + " -> " + value(c.New)
}

// value returns a value in one line that is not too long.
func value(v json.RawMessage) string { return shown(cut(string(v))) }

func cut(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "..."
}

// shown returns text of users in one line that cannot steer the terminal.
func shown(text string) string { return strings.ReplaceAll(diag.Escape(text), "\n", `\n`) }

// print writes a record below the line of its transaction.
func (r auditRecord) Print(p *output.Printer) {
	p.Line("  %s", r.what())
	if r.Operation == "UPDATE" {
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
func (r auditRecord) head(p *output.Printer) string {
	return p.Yellow("transaction "+r.Transaction) + "  " + r.At.Format(timeFormat) + "  " + r.who()
}
