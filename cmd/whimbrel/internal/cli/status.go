package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/runner"
)

func newStatus(s *input.Session) *cobra.Command {
	var t input.Target
	whole := false
	c := &cobra.Command{
		Use:     "status",
		Aliases: []string{"showmigrations"},
		GroupID: groupDatabase,
		Short:   "List migrations, applied and pending",
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) {
			if whole {
				return journal(ctx, s, t)
			}
			return status(ctx, s, t)
		}),
	}
	t.AddFlags(c)
	c.Flags().BoolVar(&whole, "journal", false, "what was done with migrations: when, by whom, from where, how long")
	return c
}

func status(ctx context.Context, s *input.Session, t input.Target) (output.Result, error) {
	c, err := connect(ctx, s, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	list, problems, err := c.Status(ctx)
	if err != nil {
		return nil, err
	}
	found := &statusResult{Database: c.db.String(), Migrations: []statusMigration{}, apps: len(c.History().Apps())}
	for _, m := range list {
		found.Migrations = append(found.Migrations, newStatusMigration(m))
	}
	if problems.HasErrors() {
		found.stuck = true
		return found, problems
	}
	s.Warn(problems)
	return found, nil
}

// A statusResult is the migrations of a project and of a database.
type statusResult struct {
	Database   string            `json:"database"`
	Migrations []statusMigration `json:"migrations"`

	apps  int
	stuck bool // an error, which is told too, keeps everybody from applying anything
}

type statusMigration struct {
	ID           string       `json:"id"`
	App          string       `json:"app"`
	State        runner.State `json:"state"`
	AppliedAt    *time.Time   `json:"applied_at,omitempty"`
	Milliseconds int64        `json:"milliseconds,omitempty"`
	Operations   int          `json:"operations"`
	Hazards      []string     `json:"hazards,omitempty"`
	Doubt        int          `json:"in_doubt,omitempty"` // the operation that has to be recorded by "whimbrel repair"
}

func newStatusMigration(m runner.Status) statusMigration {
	line := statusMigration{ID: m.ID, App: m.App, State: m.State, Operations: m.Operations, Hazards: m.Hazards, Doubt: m.Doubt}
	if m.Applied != nil {
		at := m.Applied.At.UTC()
		line.AppliedAt, line.Milliseconds = &at, m.Applied.Took.Milliseconds()
	}
	return line
}

func (r *statusResult) Print(p *output.Printer) {
	p.Line("%s", p.Bold(r.Database))
	if len(r.Migrations) == 0 {
		p.Line("  no migrations")
		p.Next("whimbrel make")
		return
	}
	var rows [][]string
	for _, m := range r.Migrations {
		rows = append(rows, m.row(r.apps > 1))
	}
	p.Table("  ", rows)
	if !p.Quiet {
		p.Line("\n%s", r.summary())
	}
}

// row returns the cells of a migration.
func (m statusMigration) row(withApp bool) []string {
	cells := []string{m.mark() + " " + m.ID}
	if withApp {
		cells = append(cells, m.App)
	}
	operations := diag.Plural(m.Operations, "op")
	switch {
	case m.AppliedAt == nil:
		return append(cells, string(m.State), operations, "hazards: "+output.OrNone(strings.Join(m.Hazards, ", ")))
	case m.State == runner.IsApplied:
		return append(cells, m.AppliedAt.Format("2006-01-02 15:04:05"), operations, output.Duration(time.Duration(m.Milliseconds)*time.Millisecond))
	}
	return append(cells, m.AppliedAt.Format("2006-01-02 15:04:05"), operations, string(m.State))
}

func (m statusMigration) mark() string {
	switch m.State {
	case runner.IsPending:
		return "[ ]"
	case runner.IsInterrupted:
		return "[!]"
	case runner.IsMissing:
		return "[?]"
	}
	return "[x]"
}

// summary returns what there is to do.
func (r *statusResult) summary() string {
	count := map[runner.State]int{}
	for _, m := range r.Migrations {
		count[m.State]++
	}
	var parts []string
	for _, state := range []runner.State{runner.IsInterrupted, runner.IsMissing, runner.IsPending} {
		if count[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[state], state))
		}
	}
	if len(parts) == 0 {
		return "Everything is applied."
	}
	return strings.Join(parts, ", ") + "." + r.next(count[runner.IsPending]+count[runner.IsInterrupted] > 0)
}

// next returns what to run now, if anything.
func (r *statusResult) next(open bool) string {
	for _, m := range r.Migrations {
		if m.Doubt > 0 {
			return fmt.Sprintf("\nNobody knows whether operation %d of %s is in effect. Look in the database.\n"+
				"Next: whimbrel repair --mark-applied %s:%d, or --mark-reverted", m.Doubt, m.ID, m.ID, m.Doubt)
		}
	}
	if open && !r.stuck {
		return "  Next: whimbrel migrate"
	}
	return ""
}
