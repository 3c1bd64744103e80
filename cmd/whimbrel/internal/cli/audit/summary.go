package audit

import (
	"context"
	"time"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

func summarize(ctx context.Context, s *input.Session, t input.Target) (output.Result, error) {
	d, err := open(ctx, s, t)
	if err != nil {
		return nil, err
	}
	defer d.close()
	found, err := d.Summary(ctx)
	if err != nil {
		return nil, err
	}
	return newSummary(d.db.String(), found), nil
}

// A summary is what is audited in a database.
type summary struct {
	Database string  `json:"database"`
	Models   []model `json:"models"`
	Bytes    int64   `json:"bytes"`
}

type model struct {
	Model   string     `json:"model,omitempty"`
	Table   string     `json:"table,omitempty"` // where it is recorded now
	Audited bool       `json:"audited"`
	History string     `json:"history,omitempty"` // the table that has its records instead of the log
	Records int64      `json:"records"`
	First   *time.Time `json:"first,omitempty"`
	Last    *time.Time `json:"last,omitempty"`
}

func newSummary(database string, found auditlog.Summary) *summary {
	s := &summary{Database: database, Models: []model{}, Bytes: found.Bytes}
	for _, m := range found.Models {
		s.Models = append(s.Models, model{
			Model: m.Name, Table: m.Table, Audited: m.Audited, History: m.History, Records: m.Records, First: m.First, Last: m.Last,
		})
	}
	return s
}

// Print lists the models.
func (s *summary) Print(p *output.Printer) {
	p.Line("%s", p.Bold(s.Database))
	if len(s.Models) == 0 {
		p.Line("  nothing is audited")
		p.Next("write audit_trigger = true in a model, in an app or at the top of %s, then whimbrel make", hcl.ProjectFile)
		return
	}
	var rows [][]string
	for _, m := range s.Models {
		rows = append(rows, m.row())
	}
	p.Table("  ", rows)
	p.Line("\n%s in the audit log.", size(s.Bytes))
}

func (m model) row() []string {
	cells := []string{line(or(m.Model, m.Table)), diag.Plural(int(m.Records), "record"), "", ""}
	if m.First != nil {
		cells[2] = m.First.Format(timeFormat) + " to " + m.Last.Format(timeFormat)
	}
	switch {
	case !m.Audited && m.History != "":
		cells[3] = "in " + line(m.History) + ", not audited any more"
	case !m.Audited:
		cells[3] = "not audited any more"
	case m.History != "":
		cells[3] = "in " + line(m.History)
	}
	for cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
