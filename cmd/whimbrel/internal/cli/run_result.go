package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A runResult is what was applied or rolled back.
type runResult struct {
	Database   string         `json:"database"`
	Direction  string         `json:"direction"`
	Planned    bool           `json:"planned,omitempty"`
	Faked      bool           `json:"faked,omitempty"`
	Migrations []runMigration `json:"migrations"`

	failed bool // there is an error to tell too
}

type runMigration struct {
	ID           string                 `json:"id"`
	App          string                 `json:"app"`
	Operations   []output.OperationLine `json:"operations"`
	Milliseconds int64                  `json:"milliseconds"`
	SQL          string                 `json:"sql,omitempty"` // of a plan
}

// fail returns the result of a run that ended with an error.
func (r *runResult) fail(err error) (output.Result, error) {
	r.failed = true
	return r, err
}

func newRunResult(db *postgres.Database, d postgres.Direction, planned, faked bool) *runResult {
	return &runResult{Database: db.String(), Direction: string(d), Planned: planned, Faked: faked, Migrations: []runMigration{}}
}

func (r *runResult) add(stage runner.Stage, took time.Duration) {
	m := runMigration{ID: stage.Script.ID, App: stage.Script.App, Operations: []output.OperationLine{}, Milliseconds: took.Milliseconds()}
	back := r.Direction == string(postgres.Down)
	for _, step := range stage.Parsed.Steps {
		m.Operations = append(m.Operations, newStepLine(step, back))
	}
	if back {
		slices.Reverse(m.Operations)
	}
	if r.Planned {
		m.SQL = stage.Text(back)
	}
	r.Migrations = append(r.Migrations, m)
}

// newStepLine describes what a step does in one direction.
func newStepLine(step migration.Step, back bool) output.OperationLine {
	line := output.OperationLine{
		Kind: step.Kind, Target: step.Target.String(), Detector: step.Detector, Undone: back,
		Summary: operation.Words(step.Kind, step.Target.String()),
	}
	if back {
		line.Summary = operation.Undone(step.Kind, step.Target.String())
	}
	for _, h := range step.Hazards {
		if h.Down == back {
			line.Hazards = append(line.Hazards, output.HazardLine{Code: h.Code, Object: h.Object.String(), Text: h.Text})
		}
	}
	return line
}

// Done reports whether there is no plan to be shown.
func (r *runResult) Done() bool { return !r.Planned || len(r.Migrations) == 0 }

func (r *runResult) Print(p *output.Printer) {
	switch {
	case len(r.Migrations) == 0 && r.failed:
	case len(r.Migrations) == 0 && r.Direction == string(postgres.Down):
		p.Line("Nothing to roll back.")
	case len(r.Migrations) == 0:
		p.Line("Nothing to apply: the database has every migration.")
	case r.Planned:
		r.printPlan(p)
	default:
		p.Line("%s %s in %s.", r.verb(), r.count(), output.Duration(r.took()))
	}
}

func (r *runResult) printPlan(p *output.Printer) {
	for _, m := range r.Migrations {
		p.Line("%s", p.Bold(m.ID))
		for _, o := range m.Operations {
			o.Print(p)
		}
		p.Line("\n%s\n", strings.TrimRight(m.SQL, "\n"))
	}
	if !p.Quiet {
		p.Line("%s to be %s. Nothing was done.", r.count(), map[bool]string{true: "rolled back", false: "applied"}[r.Direction == string(postgres.Down)])
	}
}

func (r *runResult) verb() string {
	switch {
	case r.Faked && r.Direction == string(postgres.Down):
		return "Recorded as not applied:"
	case r.Faked:
		return "Recorded as applied:"
	case r.Direction == string(postgres.Down):
		return "Rolled back"
	}
	return "Applied"
}

func (r *runResult) count() string {
	operations := 0
	for _, m := range r.Migrations {
		operations += len(m.Operations)
	}
	return fmt.Sprintf("%s (%s)", diag.Plural(len(r.Migrations), "migration"), diag.Plural(operations, "operation"))
}

func (r *runResult) took() time.Duration {
	var sum int64
	for _, m := range r.Migrations {
		sum += m.Milliseconds
	}
	return time.Duration(sum) * time.Millisecond
}
