package autodetector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// review judges the SQL of foreign plugins, and adds the hazards that it raises. It
// comes before operations are ordered, while all ways of running them are there.
func (r *run) review(ctx context.Context) error {
	for _, plugin := range r.foreign() {
		if err := cmp.Or(ctx.Err(), r.reviewed(plugin)); err != nil {
			return err
		}
	}
	return nil
}

// foreign returns the foreign plugins that have something to run.
func (r *run) foreign() []string {
	var found []string
	for _, op := range r.operations {
		if slices.Contains(r.in.Foreign, op.Detector) && !slices.Contains(found, op.Detector) {
			found = append(found, op.Detector)
		}
	}
	slices.Sort(found)
	return found
}

func (r *run) reader() review.Reader {
	if r.in.Reader == nil {
		r.in.Reader = parser.New(nil)
	}
	return r.in.Reader
}

// reviewed judges the operations of one plugin.
func (r *run) reviewed(plugin string) error {
	own, others := r.claims(plugin)
	judge := review.New(r.reader(), own, others)
	for _, made := range r.origins() {
		if made.Detector == plugin {
			judge.Know(made)
		} else {
			judge.Recall(made, r.to.Get(made.Target) != nil)
		}
	}
	for _, op := range r.operations {
		if op.Detector == plugin {
			judge.Learn(op)
		} else {
			judge.Remember(op)
		}
	}
	for i, op := range r.operations {
		if op.Detector != plugin {
			continue
		}
		found, err := judge.Operation(op, r.relationsOf(op))
		if err != nil {
			return r.faulty(plugin, op, err)
		}
		r.operations[i].Hazard = append(slices.Clone(op.Hazard), found...)
		if err := r.reviewedOnline(i, judge); err != nil {
			return r.faulty(plugin, op, err)
		}
	}
	return nil
}

// reviewedOnline judges what an operation does on a table in use: its parts together
// have a way back.
func (r *run) reviewedOnline(i int, judge *review.Review) error {
	op := r.operations[i]
	if len(op.Online) == 0 {
		return nil
	}
	whole := operation.Operation{Kind: op.Kind, Target: op.Target, Detector: op.Detector, Edits: op.Edits}
	for _, part := range op.Online {
		whole.Hazard = append(whole.Hazard, part.Hazard...)
		whole.Up, whole.Down = append(whole.Up, part.Up...), append(slices.Clone(part.Down), whole.Down...)
		whole.Irreversible = cmp.Or(whole.Irreversible, part.Irreversible)
	}
	found, err := judge.Operation(whole, r.relationsOf(op))
	parts := slices.Clone(op.Online)
	parts[0].Hazard = append(slices.Clone(parts[0].Hazard), found...)
	r.operations[i].Online = parts
	return err
}

// reviewTables judges statements of others that clauses of foreign plugins have
// become part of, as they will be written.
func (r *run) reviewTables(context.Context) error {
	for _, op := range r.operations {
		i := slices.IndexFunc(r.joined[op.Target], func(name string) bool { return slices.Contains(r.in.Foreign, name) })
		if i < 0 {
			continue
		}
		judge := review.New(r.reader(), review.NewHoldings(), review.NewHoldings())
		for _, s := range slices.Concat(op.Up, op.Down) {
			if !s.Table {
				continue
			}
			if err := judge.Table(s); err != nil {
				return r.faulty(r.joined[op.Target][i], op, err)
			}
		}
	}
	return nil
}

// faulty is the error of a plugin whose SQL is refused.
func (r *run) faulty(plugin string, op operation.Operation, err error) error {
	var fault *review.Fault
	if !errors.As(err, &fault) {
		return err
	}
	d := diag.Diagnostic{
		Code:    fault.Code,
		Summary: fmt.Sprintf("plugin %q emits %s on %s, which %s", plugin, op.Kind, op.Target, fault.What),
		Detail: "The SQL of a plugin is read before it is written: what is judged is what will run. The statement begins so:\n\n    " +
			fault.Beginning() + advised(fault.Advice),
		Next:    fmt.Sprintf("report it to the author of %q", plugin),
		Range:   r.in.Declaration.Places[op.Target],
		Address: op.Target.String(),
	}
	return d
}

// advised returns the paragraph with what the author of a plugin does.
func advised(advice string) string {
	if advice == "" {
		return ""
	}
	return "\n\nIts author would " + advice + "."
}

// relationsOf returns the relations that an operation is about: those of its target,
// of what that is part of and of what it refers to.
func (r *run) relationsOf(op operation.Operation) review.Names {
	about := review.Names{}
	for _, s := range []*state.State{r.from, r.to} {
		target := s.Get(op.Target)
		if target == nil {
			continue
		}
		r.relationOf(s, target.Address, about)
		for _, a := range references(target) {
			r.relationOf(s, a, about)
		}
	}
	return about
}

func (r *run) relationOf(s *state.State, a address.Address, about review.Names) {
	for range deepest {
		o := s.Get(a)
		if o == nil {
			return
		}
		if called := calledOf(o); called.Table != "" {
			about.Add(review.Relation(called.Schema, called.Table), a.String())
		}
		a = o.Parent
	}
}
