package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A ring is sought among the objects of a kind that change their names.
type ring struct {
	leaves map[address.Address][]string // names that an object gives up
	takes  map[string]address.Address   // who takes a name
	aside  map[address.Address]bool     // who steps aside
}

// ringsOf returns the objects that have to step aside: where renames lead in a
// ring, none can be first, so one of each ring takes another name for a moment.
func ringsOf(own Owner, w *Work, kind string) map[address.Address]bool {
	r := ring{leaves: map[address.Address][]string{}, takes: map[string]address.Address{}, aside: map[address.Address]bool{}}
	var order []address.Address
	for c := range Changes(w.Pass, kind) {
		if c.Before == nil || c.After == nil || c.Replace {
			continue
		}
		was, is := own.Names(w.From, c.Before), own.Names(w.To, c.After)
		for _, name := range missing(is, was) {
			r.takes[name] = c.Address()
		}
		r.leaves[c.Address()] = missing(was, is)
		order = append(order, c.Address())
	}
	slices.SortFunc(order, address.Compare) // whatever the order of the changes is
	for _, a := range order {
		if r.leadsTo(a, a, map[address.Address]bool{}) {
			r.aside[a] = true
		}
	}
	return r.aside
}

// leadsTo reports whether who takes the names of an object, and so on, ends at
// goal. A ring with an object that steps aside is none any more.
func (r ring) leadsTo(at, goal address.Address, seen map[address.Address]bool) bool {
	for _, name := range r.leaves[at] {
		next, ok := r.takes[name]
		if !ok || r.aside[next] || seen[next] {
			continue
		}
		seen[next] = true
		if next == goal || r.leadsTo(next, goal, seen) {
			return true
		}
	}
	return false
}

// stepAside makes an alteration by way of another name. Nobody else has the name
// of the moment. Claimed, it would put the second step before the first.
func (w *Work) stepAside(own Owner, c detect.Change) {
	start, middle := w.inTwoSteps(own, c)
	for i := start; i < middle; i++ {
		w.result.Operations[i].Takes = nil
	}
	for i := middle; i < len(w.result.Operations); i++ {
		w.result.Operations[i].Frees = nil
	}
}

// inTwoSteps makes an alteration by way of another name. The operations of the
// first step begin at start, those of the second at middle.
func (w *Work) inTwoSteps(own Owner, c detect.Change) (start, middle int) {
	moment := own.Aside(c.Before, c.After)
	start = len(w.result.Operations)
	own.Alter(c.Before, moment, false)
	middle = len(w.result.Operations)
	own.Alter(moment, c.After, false)
	return start, middle
}

// offerAside adds to an operation that exchanges a name how it is done in two
// steps, where it can. Only the autodetector sees a ring of names that kinds share,
// as tables and types or indexes and constraints do. It reports whether it could.
func (w *Work) offerAside(own Owner, c detect.Change, start int) bool {
	if len(w.result.Operations) != start+1 {
		return false
	}
	if op := w.result.Operations[start]; len(op.Frees) == 0 || len(op.Takes) == 0 || len(op.Up) == 0 {
		return false
	}
	whole, err := w.result, w.err
	first, second := w.inTwoSteps(own, c)
	steps, impossible := w.result.Operations, w.err
	w.result, w.err = whole, err
	if impossible != nil || second != first+1 || len(steps) != second+1 {
		return false
	}
	w.result.Operations[start].Aside = &operation.Aside{
		Up: steps[first].Up, Down: steps[first].Down, RestUp: steps[second].Up, RestDown: steps[second].Down,
	}
	return true
}
