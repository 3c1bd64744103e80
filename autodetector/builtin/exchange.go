package builtin

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// exchanges returns the objects that have to step aside: where renames lead in a
// ring, none can be first, so one of each ring takes another name for a moment.
func exchanges(o owner, w *work) map[address.Address]bool {
	leaves, takes := map[address.Address][]string{}, map[string]address.Address{}
	var order []address.Address
	for _, c := range w.pass.Changes {
		if c.Before == nil || c.After == nil || c.Replace {
			continue
		}
		was, is := o.names(w.from, c.Before), o.names(w.to, c.After)
		for _, name := range is {
			if !slices.Contains(was, name) {
				takes[name] = c.Address()
			}
		}
		leaves[c.Address()] = slices.DeleteFunc(was, func(name string) bool { return slices.Contains(is, name) })
		order = append(order, c.Address())
	}
	aside := map[address.Address]bool{}
	for _, a := range order {
		if leadsTo(a, a, leaves, takes, aside, map[address.Address]bool{}) {
			aside[a] = true
		}
	}
	return aside
}

// leadsTo reports whether who takes the names of an object, and so on, ends at
// goal. A ring with an object that steps aside is none any more.
func leadsTo(at, goal address.Address, leaves map[address.Address][]string, takes map[string]address.Address, aside, seen map[address.Address]bool) bool {
	for _, name := range leaves[at] {
		next, ok := takes[name]
		if !ok || aside[next] || seen[next] {
			continue
		}
		seen[next] = true
		if next == goal || leadsTo(next, goal, leaves, takes, aside, seen) {
			return true
		}
	}
	return false
}

// alter makes an alteration, by way of another name where names are exchanged.
func (w *work) alter(o owner, c detect.Change, aside map[address.Address]bool) {
	if !aside[c.Address()] {
		start := len(w.result.Operations)
		o.alter(c.Before, c.After, c.Replace)
		w.offerAside(o, c, start)
		return
	}
	start, middle := w.inTwoSteps(o, c)
	// Nobody else has the name of the moment. Claimed, it would put the second
	// step before the first.
	for i := start; i < middle; i++ {
		w.result.Operations[i].Takes = nil
	}
	for i := middle; i < len(w.result.Operations); i++ {
		w.result.Operations[i].Frees = nil
	}
}

// inTwoSteps makes an alteration by way of another name. The operations of the
// first step begin at start, those of the second at middle.
func (w *work) inTwoSteps(o owner, c detect.Change) (start, middle int) {
	moment := o.aside(c.Before, c.After)
	start = len(w.result.Operations)
	o.alter(c.Before, moment, false)
	middle = len(w.result.Operations)
	o.alter(moment, c.After, false)
	return start, middle
}

// offerAside adds to an operation that exchanges a name how it is done in two
// steps, where it can. Only the autodetector sees a ring of names that kinds share,
// as tables and types or indexes and constraints do.
func (w *work) offerAside(o owner, c detect.Change, start int) {
	if len(w.result.Operations) != start+1 {
		return
	}
	if op := w.result.Operations[start]; len(op.Frees) == 0 || len(op.Takes) == 0 || len(op.Up) == 0 {
		return
	}
	whole, err := w.result, w.err
	first, second := w.inTwoSteps(o, c)
	steps, impossible := w.result.Operations, w.err
	w.result, w.err = whole, err
	if impossible != nil || second != first+1 || len(steps) != second+1 {
		return
	}
	w.result.Operations[start].Aside = &operation.Aside{
		Up: steps[first].Up, Down: steps[first].Down, RestUp: steps[second].Up, RestDown: steps[second].Down,
	}
}

// exchange records the names that an operation gives up and claims.
func exchange(op *operation.Operation, was, is []string) {
	op.Frees = slices.DeleteFunc(slices.Clone(was), func(name string) bool { return slices.Contains(is, name) })
	op.Takes = slices.DeleteFunc(slices.Clone(is), func(name string) bool { return slices.Contains(was, name) })
}

// renamed returns an object with other attributes.
func (w *work) renamed(o *state.Object, attrs any) *state.Object {
	encoded, err := state.Encode(attrs)
	if err != nil {
		w.fail(err)
	}
	moment := *o
	moment.Attrs = encoded
	return &moment
}

func asideName(name string) string { return model.Name(name, "whimbrel_aside") }

func (x schemas) names(view, *state.Object) []string { return nil }

func (x schemas) aside(before, _ *state.Object) *state.Object { return before }

func (x enums) names(_ view, o *state.Object) []string {
	e := decode[model.Enum](x.work, o)
	return typeNames(e.Schema, e.Name)
}

func (x enums) aside(before, _ *state.Object) *state.Object {
	e := decode[model.Enum](x.work, before)
	e.Name = asideName(e.Name)
	return x.renamed(before, e)
}

func (x domains) names(_ view, o *state.Object) []string {
	d := decode[model.Domain](x.work, o)
	return typeNames(d.Schema, d.Name)
}

func (x domains) aside(before, _ *state.Object) *state.Object {
	d := decode[model.Domain](x.work, before)
	d.Name = asideName(d.Name)
	return x.renamed(before, d)
}

func (x models) names(_ view, o *state.Object) []string {
	return tableNames(decode[model.Model](x.work, o))
}

func (x models) aside(before, _ *state.Object) *state.Object {
	m := decode[model.Model](x.work, before)
	m.Table = asideName(m.Table)
	return x.renamed(before, m)
}

func (x fields) names(v view, o *state.Object) []string { return v.columnOf(o).names() }

// aside renames the column, its sequence, or both, whatever of it changes.
func (x fields) aside(before, after *state.Object) *state.Object {
	f, is := decode[model.Field](x.work, before), decode[model.Field](x.work, after)
	if f.Column != is.Column {
		f.Column = asideName(f.Column)
	}
	if f.Sequence != is.Sequence && f.Sequence != "" {
		f.Sequence = asideName(f.Sequence)
	}
	return x.renamed(before, f)
}

func (x constraints) names(v view, o *state.Object) []string { return v.constraintNames(o) }

func (x constraints) aside(before, _ *state.Object) *state.Object {
	c := decode[model.Constraint](x.work, before)
	c.Name = asideName(c.Name)
	return x.renamed(before, c)
}
