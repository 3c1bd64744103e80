package cli

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// journal returns what was done with the migrations of a database.
func journal(ctx context.Context, s *input.Session, t input.Target) (output.Result, error) {
	c, err := connect(ctx, s, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	entries, err := c.db.Journal(ctx)
	if err != nil {
		return nil, err
	}
	found := &journalResult{Database: c.db.String(), Journal: []journalEntry{}}
	for _, e := range entries {
		found.Journal = append(found.Journal, newJournalEntry(e))
	}
	return found, nil
}

// A journalResult is the journal of a database.
type journalResult struct {
	Database string         `json:"database"`
	Journal  []journalEntry `json:"journal"`
}

type journalEntry struct {
	At           time.Time       `json:"at"`
	Action       postgres.Action `json:"action"`
	App          string          `json:"app"`
	ID           string          `json:"id"`
	Operation    int             `json:"operation,omitempty"`
	Milliseconds int64           `json:"milliseconds,omitempty"`
	User         string          `json:"user"`
	Operator     string          `json:"operator,omitempty"`
	Address      string          `json:"address,omitempty"`
	Application  string          `json:"application,omitempty"`
	Version      string          `json:"version"`
	Detail       string          `json:"detail,omitempty"`
}

func newJournalEntry(e postgres.JournalEntry) journalEntry {
	entry := journalEntry{
		At: e.At.UTC(), Action: e.Action, App: e.App, ID: e.Migration, Operation: e.Operation, Milliseconds: e.Took.Milliseconds(),
		User: e.User, Operator: e.Operator, Application: e.Application, Version: e.Version, Detail: e.Detail,
	}
	if e.Address.IsValid() {
		entry.Address = e.Address.String()
	}
	return entry
}

func (r *journalResult) Print(p *output.Printer) {
	p.Line("%s", p.Bold(r.Database))
	if len(r.Journal) == 0 {
		p.Line("  nothing was done yet")
		return
	}
	var rows [][]string
	for _, e := range r.Journal {
		rows = append(rows, e.row())
	}
	p.Table("  ", rows)
}

// row returns the cells of an entry.
func (e journalEntry) row() []string {
	what, took := e.ID, ""
	if e.Operation > 0 {
		what = fmt.Sprintf("%s:%d", e.ID, e.Operation)
	}
	if e.Milliseconds > 0 {
		took = output.Duration(time.Duration(e.Milliseconds) * time.Millisecond)
	}
	return []string{e.At.Format("2006-01-02 15:04:05"), string(e.Action), what, took, e.who(), e.Detail}
}

// who returns who did it, and from where, such as "deploy@ci-7 as shop from 10.0.0.7".
func (e journalEntry) who() string {
	return fmt.Sprintf("%s as %s from %s", cmp.Or(e.Operator, e.Application, "somebody"), e.User, cmp.Or(e.Address, "the server's machine"))
}
