package cli

import (
	"fmt"
	"time"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
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
	ID           string          `json:"id"`
	App          string          `json:"app"`
	Operations   []operationLine `json:"operations"`
	Milliseconds int64           `json:"milliseconds"`
}

// fail returns the result of a run that ended with an error.
func (r *runResult) fail(err error) (result, error) {
	r.failed = true
	return r, err
}

func newRunResult(db *postgres.Database, d postgres.Direction, planned, faked bool) *runResult {
	return &runResult{Database: db.String(), Direction: string(d), Planned: planned, Faked: faked, Migrations: []runMigration{}}
}

func (r *runResult) add(parsed *migration.Script, s postgres.Script, took time.Duration) {
	m := runMigration{ID: s.ID, App: s.App, Operations: []operationLine{}, Milliseconds: took.Milliseconds()}
	for _, step := range parsed.Steps {
		line := operationLine{
			Kind: step.Kind, Target: step.Target.String(), Detector: step.Detector,
			Summary: summary(step.Kind, step.Target.String()),
		}
		for _, h := range step.Hazards {
			if h.Down == (r.Direction == string(postgres.Down)) {
				line.Hazards = append(line.Hazards, hazardLine{Code: h.Code, Object: h.Object.String(), Text: h.Text})
			}
		}
		m.Operations = append(m.Operations, line)
	}
	r.Migrations = append(r.Migrations, m)
}

func (r *runResult) print(p *printer) {
	switch {
	case len(r.Migrations) == 0 && r.failed:
	case len(r.Migrations) == 0 && r.Direction == string(postgres.Down):
		p.line("Nothing to roll back.")
	case len(r.Migrations) == 0:
		p.line("Nothing to apply: the database has every migration.")
	case r.Planned:
		r.printPlan(p)
	default:
		p.line("%s %s in %s.", r.verb(), r.count(), duration(r.took()))
	}
}

func (r *runResult) printPlan(p *printer) {
	for _, m := range r.Migrations {
		p.line("%s", p.bold(m.ID))
		for _, o := range m.Operations {
			o.print(p)
		}
	}
	if !p.quiet {
		p.line("\n%s to be %s. Nothing was done.", r.count(), map[bool]string{true: "rolled back", false: "applied"}[r.Direction == string(postgres.Down)])
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
	return fmt.Sprintf("%s (%s)", plural(len(r.Migrations), "migration"), plural(operations, "operation"))
}

func (r *runResult) took() time.Duration {
	var sum int64
	for _, m := range r.Migrations {
		sum += m.Milliseconds
	}
	return time.Duration(sum) * time.Millisecond
}

// plural returns a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// duration returns a time as people read it: "4 ms", "1.2 s", "2m10s".
func duration(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
