package output

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Migrations are those that were made, written or not.
type Migrations struct {
	Migrations []Migration `json:"migrations"`
	Written    []string    `json:"written"` // files

	ShowSQL bool `json:"-"` // the SQL is printed too
	ByHand  bool `json:"-"` // there is nothing in it yet
}

// A Migration is one of them.
type Migration struct {
	ID         string          `json:"id"`
	App        string          `json:"app"`
	File       string          `json:"file"`
	Parents    []string        `json:"parents,omitempty"`
	Summary    string          `json:"summary"`
	Operations []OperationLine `json:"operations"`
	SQL        string          `json:"sql"`
}

// NewMigrations describes the migrations of a plan. Their SQL is rendered only where
// somebody will see it: writing them renders it as well.
func NewMigrations(plan *project.Plan, allowed operation.Allowances, seen bool) (*Migrations, error) {
	r := &Migrations{Migrations: []Migration{}, Written: []string{}}
	for _, m := range plan.Migrations {
		sql, err := rendered(m, seen)
		if err != nil {
			return nil, err
		}
		line := Migration{
			ID: m.ID, App: m.App, File: plan.File(m), Parents: m.Parents,
			Summary: migration.Summary(m.Operations), Operations: []OperationLine{}, SQL: sql,
		}
		for _, op := range m.Operations {
			line.Operations = append(line.Operations, NewOperationLine(op, allowed))
		}
		r.Migrations = append(r.Migrations, line)
	}
	return r, nil
}

// Done reports whether the migrations are written, or only counted.
func (r *Migrations) Done() bool { return !r.ShowSQL || len(r.Migrations) == 0 }

// Print lists the migrations with their operations, then the files.
func (r *Migrations) Print(p *Printer) {
	if len(r.Migrations) == 0 {
		p.Line("No changes.")
		return
	}
	for i, m := range r.Migrations {
		if i > 0 {
			p.Line("")
		}
		m.Print(p)
		if r.ShowSQL {
			p.Line("\n%s", sqltext.Visible(strings.TrimRight(m.SQL, "\n")))
		}
	}
	r.printWritten(p)
}

// Print lists the operations of a migration.
func (m Migration) Print(p *Printer) {
	p.Line("%s  %s", p.Bold(m.File), p.Dim(diag.Plural(len(m.Operations), "operation")))
	left := 0
	for i, o := range m.Operations {
		if i < mostLines || o.risks() {
			o.Print(p)
		} else {
			left++
		}
	}
	if left > 0 {
		p.Line("  %s", p.Dim(fmt.Sprintf("and %d more without a hazard", left)))
	}
}

// mostLines is how many operations are listed, besides those with hazards.
const mostLines = 100

func (r *Migrations) printWritten(p *Printer) {
	if len(r.Written) == 0 {
		return
	}
	p.Line("")
	for _, file := range r.Written {
		p.Line("wrote %s", file)
	}
	if r.ByHand {
		id := r.Migrations[0].ID
		p.Next("write SQL into %s, then run: whimbrel make --seal %s", r.Migrations[0].File, id)
		return
	}
	p.Next("review the SQL, then run: whimbrel migrate")
}

func rendered(m *migration.Migration, seen bool) (string, error) {
	if !seen {
		return "", nil
	}
	sql, _, err := migration.Render(m)
	return string(sql), err
}
