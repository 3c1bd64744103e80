package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newStatus(s *session) *cobra.Command {
	var t target
	c := &cobra.Command{
		Use:     "status",
		Aliases: []string{"showmigrations"},
		GroupID: groupDatabase,
		Short:   "List migrations, applied and pending",
		RunE:    s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return s.status(ctx, t) }),
	}
	t.addFlags(c)
	return c
}

func (s *session) status(ctx context.Context, t target) (output.Result, error) {
	c, err := s.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	applied, err := c.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := c.db.Interrupted(ctx)
	if err != nil {
		return nil, err
	}
	_, problems := postgres.Compare(applied, c.scripts)
	found := newStatusResult(c, applied, begun)
	if problems.HasErrors() {
		return found, problems
	}
	s.Warn(problems)
	return found, nil
}

// A statusResult is the migrations of a project and of a database.
type statusResult struct {
	Database   string            `json:"database"`
	Migrations []statusMigration `json:"migrations"`

	apps int
}

type statusMigration struct {
	ID           string     `json:"id"`
	App          string     `json:"app"`
	State        string     `json:"state"` // applied, faked, interrupted, pending or missing
	AppliedAt    *time.Time `json:"applied_at,omitempty"`
	Milliseconds int64      `json:"milliseconds,omitempty"`
	Operations   int        `json:"operations"`
	Hazards      []string   `json:"hazards,omitempty"`
}

// The states of a migration.
const (
	stateApplied     = "applied"
	stateFaked       = "faked"
	stateInterrupted = "interrupted"
	statePending     = "pending"
	stateMissing     = "missing" // applied, and there is no file
)

func newStatusResult(c *connection, applied []postgres.Applied, begun []postgres.Progress) *statusResult {
	r := &statusResult{Database: c.db.String(), Migrations: []statusMigration{}, apps: len(c.history.apps)}
	for _, s := range c.scripts {
		m := statusMigration{ID: s.ID, App: s.App, State: statePending, Operations: len(s.Steps), Hazards: c.hazards(s.ID)}
		for _, a := range applied {
			if a.App == s.App && a.ID == s.ID {
				m.apply(a)
			}
		}
		r.Migrations = append(r.Migrations, m)
	}
	for _, a := range applied {
		if c.history.graph.Migration(a.ID) == nil {
			m := statusMigration{ID: a.ID, App: a.App, Operations: a.Operations}
			m.apply(a)
			m.State = stateMissing
			r.Migrations = append(r.Migrations, m)
		}
	}
	for i, m := range r.Migrations {
		if slices.ContainsFunc(begun, func(p postgres.Progress) bool { return p.App == m.App && p.ID == m.ID }) {
			r.Migrations[i].State = stateInterrupted
		}
	}
	return r
}

func (m *statusMigration) apply(a postgres.Applied) {
	at := a.At.UTC()
	m.AppliedAt, m.Milliseconds, m.State = &at, a.Took.Milliseconds(), stateApplied
	if a.Faked {
		m.State = stateFaked
	}
}

// hazards returns the codes of what a pending migration does that a person
// should know, each once.
func (c *connection) hazards(id string) []string {
	var codes []string
	for _, h := range c.parsed[id].Hazards(false) {
		codes = append(codes, h.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (r *statusResult) Print(p *output.Printer) {
	p.Line("%s", p.Bold(r.Database))
	if len(r.Migrations) == 0 {
		p.Line("  no migrations\n\nNext: whimbrel make")
		return
	}
	var rows [][]string
	for _, m := range r.Migrations {
		rows = append(rows, m.row(r.apps > 1))
	}
	p.Table("  ", rows)
	p.Line("\n%s", r.summary())
}

// row returns the cells of a migration.
func (m statusMigration) row(withApp bool) []string {
	cells := []string{m.mark() + " " + m.ID}
	if withApp {
		cells = append(cells, m.App)
	}
	operations := output.Plural(m.Operations, "op")
	switch {
	case m.AppliedAt == nil:
		return append(cells, m.State, operations, "hazards: "+output.OrNone(strings.Join(m.Hazards, ", ")))
	case m.State == stateApplied:
		return append(cells, m.AppliedAt.Format("2006-01-02 15:04:05"), operations, output.Duration(time.Duration(m.Milliseconds)*time.Millisecond))
	}
	return append(cells, m.AppliedAt.Format("2006-01-02 15:04:05"), operations, m.State)
}

func (m statusMigration) mark() string {
	switch m.State {
	case statePending:
		return "[ ]"
	case stateInterrupted:
		return "[!]"
	case stateMissing:
		return "[?]"
	}
	return "[x]"
}

// summary returns what there is to do.
func (r *statusResult) summary() string {
	count := map[string]int{}
	for _, m := range r.Migrations {
		count[m.State]++
	}
	var parts []string
	for _, state := range []string{stateInterrupted, stateMissing, statePending} {
		if count[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[state], state))
		}
	}
	if len(parts) == 0 {
		return "Everything is applied."
	}
	next := ""
	if count[statePending]+count[stateInterrupted] > 0 {
		next = "  Next: whimbrel migrate"
	}
	return strings.Join(parts, ", ") + "." + next
}
