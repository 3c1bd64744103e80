package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/runner"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// repaired plans the way back from what was changed by hand, and goes it if it is told.
func (d *driftCommand) repaired(ctx context.Context, c *connection) (output.Result, error) {
	if err := d.allow.Check(); err != nil {
		return nil, err
	}
	found, err := c.Drift(ctx, d.Definitions(), d.strict)
	if err != nil || len(found.List) == 0 {
		return newDriftResult(c.db.String(), found), err
	}
	repair, err := d.planned(ctx, c, found.List)
	if err != nil {
		return nil, err
	}
	r := newWayBackResult(c.db.String(), repair)
	if err := repair.Refused(d.allow.Allowances); err != nil {
		return r, output.ExitError{Code: output.ExitHazard, Err: err}
	}
	if !d.yes && !d.Asks() {
		return r, output.ExitError{Code: output.ExitDrift}
	}
	if !d.yes {
		if err := d.ask(ctx, r); err != nil {
			return nil, err
		}
	}
	return d.apply(ctx, c, repair, r)
}

// planned plans the way back.
func (d *driftCommand) planned(ctx context.Context, c *connection, drifts []runner.Drift) (project.Repair, error) {
	p, err := d.Open(ctx)
	if err != nil {
		return project.Repair{}, err
	}
	defer p.Close()
	damage := project.Damage{Drifts: drifts}
	if damage.Recorded, err = c.db.Defined(ctx); err != nil {
		return project.Repair{}, err
	}
	if damage.Now, err = c.db.Definitions(ctx, d.Definitions()); err != nil {
		return project.Repair{}, err
	}
	return p.Repair(ctx, damage, d.answers.Options(d.Session, ""))
}

// ask shows what is going to be done, and has a person confirm it.
func (d *driftCommand) ask(ctx context.Context, r *wayBackResult) error {
	r.Print(d.Stderr())
	p := d.Prompt()
	p.Question("Do this?", fmt.Sprintf("%s on %s", diag.Plural(len(r.Operations), "operation"), r.Database))
	answer, err := p.Ask(ctx, "yes or no: ")
	if err != nil {
		return err
	}
	if answer = strings.ToLower(answer); answer != "y" && answer != "yes" {
		return errors.New("nothing is repaired")
	}
	return nil
}

// apply goes the way back, and compares again.
func (d *driftCommand) apply(ctx context.Context, c *connection, repair project.Repair, r *wayBackResult) (output.Result, error) {
	executor, err := d.patience.Open(ctx, d.Session, c.db)
	if err != nil {
		return nil, err
	}
	defer executor.Close()
	if err := executor.Run(ctx, repair.Batches()); err != nil {
		return nil, err
	}
	found, err := c.Drift(ctx, d.Definitions(), d.strict)
	if err != nil {
		return nil, err
	}
	r.Done, r.Rest = true, newDriftResult(c.db.String(), found).Objects
	if len(r.Rest) > 0 {
		return r, output.ExitError{Code: output.ExitDrift}
	}
	return r, nil
}

// A wayBackResult is the way back from what was changed by hand.
type wayBackResult struct {
	Database   string              `json:"database"`
	Done       bool                `json:"done"`
	Operations []wayBackOperation  `json:"operations"`
	Left       []catalog.Remainder `json:"left,omitempty"`
	Rest       []driftObject       `json:"rest,omitempty"`
}

type wayBackOperation struct {
	Summary    string             `json:"summary"`
	Hazards    []operation.Hazard `json:"hazards,omitempty"`
	Statements []string           `json:"statements"`
}

func newWayBackResult(database string, repair project.Repair) *wayBackResult {
	r := &wayBackResult{Database: database, Operations: []wayBackOperation{}, Left: repair.Left}
	for _, op := range repair.Operations {
		if len(op.Up) == 0 { // what is called otherwise in the model language alone
			continue
		}
		one := wayBackOperation{Summary: operation.Words(op.Kind, op.Target.String())}
		for _, s := range op.Up {
			one.Statements = append(one.Statements, s.Text())
		}
		for _, h := range op.Hazard {
			if !h.Down {
				one.Hazards = append(one.Hazards, h)
			}
		}
		r.Operations = append(r.Operations, one)
	}
	return r
}

// Print prints the SQL of the way back, or that it is done.
func (r *wayBackResult) Print(p *output.Printer) {
	if r.Done {
		p.Line("Repaired: %s.", diag.Plural(len(r.Operations), "operation"))
		for _, o := range r.Rest {
			o.print(p)
		}
		return
	}
	for _, op := range r.Operations {
		p.Line("-- %s", diag.Escape(op.Summary))
		for _, h := range op.Hazards {
			p.Line("-- %s: %s", h.Code, diag.Escape(h.Text))
		}
		for _, s := range op.Statements {
			p.Line("%s;", sqltext.Visible(s))
		}
		p.Line("")
	}
	if len(r.Left) > 0 {
		p.Line("-- Nothing can be done about:")
		for _, l := range r.Left {
			p.Line("--   %s: %s", diag.Escape(l.Kind+" "+l.Name), diag.Escape(l.Why))
		}
	}
}
