package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
)

// A Damage is a database beside what was recorded when its migrations were applied.
type Damage struct {
	Recorded []postgres.DefinedObject
	Now      []detect.Definition
	Drifts   []runner.Drift
}

// A Repair leads from a database as it is to what was recorded.
type Repair struct {
	Operations []operation.Operation
	// Left is what cannot be told in the model language, so that nothing can be done.
	Left []catalog.Remainder
}

// Repair plans the way back of a database: both, what there is and what was recorded,
// are read as models, and the autodetector leads from the one to the other. Neither the
// models nor the migrations have a part in it.
func (p *Project) Repair(ctx context.Context, d Damage, options PlanOptions) (Repair, error) {
	apps, _ := p.appsOf(append(d.recorded(), d.Now...), nil)
	read, err := p.catalogSource(ctx, apps)
	if err != nil {
		return Repair{}, err
	}
	read.Plain = true
	from, _, err := read.Read(Adoption{}.selected(d.Now, apps))
	if err != nil {
		return Repair{}, err
	}
	to, left, err := read.Read(Adoption{}.selected(d.recorded(), apps))
	if err != nil {
		return Repair{}, err
	}
	input := autodetector.Input{From: from, Declaration: source.Declaration{State: to}}
	if input.Answers, err = options.Answers.parse(to); err != nil {
		return Repair{}, err
	}
	if options.Questioner != nil {
		input.Questioner = options.Questioner(to)
	}
	operations, err := p.between(ctx, input)
	return Repair{Operations: operations, Left: d.drifted(left)}, err
}

// between returns the operations from one state to another, with the detectors of the
// project and beside its migrations.
func (p *Project) between(ctx context.Context, input autodetector.Input) ([]operation.Operation, error) {
	input.Detectors, input.Plugins, input.Configs, input.Validated = builtin.Detectors(), p.plugins.detectors(), p.configs(), true
	plan, found, err := autodetector.Run(ctx, input)
	if err == nil {
		err = found.Err()
	}
	return plan.Operations(), err
}

// drifted returns those of the remainders that have changed.
func (d Damage) drifted(left []catalog.Remainder) []catalog.Remainder {
	return slices.DeleteFunc(left, func(r catalog.Remainder) bool {
		return !slices.ContainsFunc(d.Drifts, func(one runner.Drift) bool { return one.Kind == r.Kind && one.Name == r.Name })
	})
}

// recorded returns the definitions of the database as it was recorded: what there is now
// where nothing has changed, without what came by hand.
func (d Damage) recorded() []detect.Definition {
	extra, changed, now := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, one := range d.Drifts {
		key := one.Kind + " " + one.Name
		extra[key] = one.Change == runner.DriftExtra
		changed[key] = one.Change == runner.DriftChanged
	}
	var list []detect.Definition
	for _, is := range d.Now {
		now[is.Key()] = true
		if !extra[is.Key()] && !extra[is.Whole] && !changed[is.Key()] {
			list = append(list, is)
		}
	}
	for _, was := range d.Recorded {
		if was.Ours && (changed[was.Key()] || !now[was.Key()]) {
			list = append(list, d.definition(was))
		}
	}
	return list
}

// definition returns a recorded object as a definition. What stands in the DDL of what
// it is a part of is its first statement.
func (d Damage) definition(was postgres.DefinedObject) detect.Definition {
	is := detect.Definition{Kind: was.Kind, Schema: was.Schema, Name: was.Name, Whole: was.Whole, Create: was.Text}
	inside := slices.ContainsFunc(d.Now, func(other detect.Definition) bool { return other.Kind == was.Kind && other.Inside != "" })
	if inside {
		is.Create = ""
		is.Inside, is.Later, _ = strings.Cut(was.Text, ";\n")
	}
	return is
}

// Refused returns the error for a way back on which rows or values would be lost that
// nobody gives up, or nil.
func (r Repair) Refused(allowed operation.Allowances) error {
	var what, flags []string
	for _, op := range r.Operations {
		for _, h := range op.Hazard {
			if !h.Down && h.Code == operation.DataLoss && !allowed.Covers(h) {
				what = append(what, fmt.Sprintf("%s: %s (%s)", h.Object, h.Text, h.Code))
				flags = append(flags, "  --allow "+diag.ShellWord(h.Code+":"+h.Object.Path()))
			}
		}
	}
	if len(what) == 0 {
		return nil
	}
	return diag.Diagnostic{
		Code: "WH0163", Summary: "the way back would lose rows or values; nothing was done",
		Detail: strings.Join(what, "\n"), Next: "allow what is meant:\n" + strings.Join(flags, "\n"),
	}
}

// Batches returns the SQL: each list is one transaction, but for a list whose statement
// has to run outside of one.
func (r Repair) Batches() []postgres.Batch {
	batches := []postgres.Batch{{}}
	for _, op := range r.Operations {
		last := &batches[len(batches)-1]
		if op.Transaction == operation.Outside {
			batches = append(batches, postgres.Batch{Outside: true}, postgres.Batch{})
			last = &batches[len(batches)-2]
		}
		for _, s := range op.Up {
			last.Statements = append(last.Statements, s.Text())
		}
		if op.Transaction == operation.Committed {
			batches = append(batches, postgres.Batch{})
		}
	}
	return slices.DeleteFunc(batches, func(b postgres.Batch) bool { return len(b.Statements) == 0 })
}
