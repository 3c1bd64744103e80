package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newAudit(s *input.Session) *cobra.Command {
	var t input.Target
	c := &cobra.Command{
		Use:     "audit",
		GroupID: groupDatabase,
		Short:   "Show who changed what, and undo it",
		Long: `Show what the audit log has: the models and how much of each. The log is written by
the triggers of audit_trigger = true. Times are in UTC unless they have a zone.`,
		Example: `  whimbrel audit log pizza --since 2h --by alice
  whimbrel audit row pizza 42
  whimbrel audit undo 7315 --dry-run`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return audit(ctx, s, t) }),
	}
	t.AddFlags(c)
	c.AddCommand(newAuditLog(s), newAuditRow(s), newAuditUndo(s))
	return c
}

// An auditing is a database whose audit log is read, with the project if there is
// one.
type auditing struct {
	*input.Session
	folders []migration.Folder // of the project's migrations
	db      *postgres.Database
}

// openAudit connects to the database. A project is of use only: it names the
// database and knows which models were renamed. The auditing has to be closed.
func openAudit(ctx context.Context, s *input.Session, t input.Target) (*auditing, error) {
	a := &auditing{Session: s}
	var file source.Project
	if _, err := os.Stat(s.Path(hcl.ProjectFile)); !errors.Is(err, fs.ErrNotExist) {
		p, err := s.Open(ctx)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		a.folders, file = p.Folders(), p.File()
	}
	place, err := t.Find(s, file)
	if err != nil {
		return nil, err
	}
	a.db, err = postgres.Connect(ctx, place.URL)
	return a, err
}

func (a *auditing) close() {
	_ = a.db.Close() // nothing is pending on it
}

func audit(ctx context.Context, s *input.Session, t input.Target) (output.Result, error) {
	a, err := openAudit(ctx, s, t)
	if err != nil {
		return nil, err
	}
	defer a.close()
	summary, err := a.db.AuditSummary(ctx)
	if err != nil {
		return nil, err
	}
	return newAuditResult(a.db.String(), summary), nil
}

// An auditResult is what is audited in a database.
type auditResult struct {
	Database string         `json:"database"`
	Models   []auditedModel `json:"models"`
	Bytes    int64          `json:"bytes"`
}

type auditedModel struct {
	Model   string     `json:"model,omitempty"`
	Table   string     `json:"table,omitempty"` // where it is recorded now
	Audited bool       `json:"audited"`
	History string     `json:"history,omitempty"` // the table that has its records instead of the log
	Records int64      `json:"records"`
	First   *time.Time `json:"first,omitempty"`
	Last    *time.Time `json:"last,omitempty"`
}

func newAuditResult(database string, summary postgres.AuditSummary) *auditResult {
	r := &auditResult{Database: database, Models: []auditedModel{}, Bytes: summary.Bytes}
	for _, m := range summary.Models {
		first, last := m.First.UTC(), m.Last.UTC()
		r.Models = append(r.Models, auditedModel{Model: m.Name, History: m.History, Records: m.Records, First: &first, Last: &last})
	}
	for _, t := range summary.Tables {
		i := slices.IndexFunc(r.Models, func(m auditedModel) bool { return m.Model == t.Model && m.History == t.History })
		if i < 0 || t.Model == "" {
			r.Models = append(r.Models, auditedModel{Model: t.Model, History: t.History})
			i = len(r.Models) - 1
		}
		r.Models[i].Table, r.Models[i].Audited = t.Schema+"."+t.Name, true
	}
	return r
}

func (r *auditResult) Print(p *output.Printer) {
	p.Line("%s", p.Bold(r.Database))
	if len(r.Models) == 0 {
		p.Line("  nothing is audited\n\nNext: write audit_trigger = true in a model, in an app or at the top of %s, then whimbrel make", hcl.ProjectFile)
		return
	}
	var rows [][]string
	for _, m := range r.Models {
		rows = append(rows, m.row())
	}
	p.Table("  ", rows)
	p.Line("\n%s in the audit log.", bytesText(r.Bytes))
}

func (m auditedModel) row() []string {
	cells := []string{shown(or(m.Model, m.Table)), output.Plural(int(m.Records), "record"), "", ""}
	if m.First != nil {
		cells[2] = m.First.Format(timeFormat) + " to " + m.Last.Format(timeFormat)
	}
	switch {
	case !m.Audited && m.History != "":
		cells[3] = "in " + shown(m.History) + ", not audited any more"
	case !m.Audited:
		cells[3] = "not audited any more"
	case m.History != "":
		cells[3] = "in " + shown(m.History)
	}
	for cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// bytesText returns a size as people read it.
func bytesText(n int64) string {
	size, unit := float64(n), 0
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	for size >= 1024 && unit < len(units)-1 {
		size, unit = size/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
