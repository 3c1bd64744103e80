package plugins

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A cutter cuts passes about some of the changes out of one. What the manifest
// reads is in all of them, so it is looked for once.
type cutter struct {
	whole    detect.Pass
	from, to []*state.Object
}

func newCutter(m *detect.Manifest, pass detect.Pass) cutter {
	return cutter{whole: pass, from: read(m, pass.From), to: read(m, pass.To)}
}

// read returns what the manifest reads of a state, with what that is part of.
func read(m *detect.Manifest, s *state.State) []*state.Object {
	if len(m.Reads) == 0 {
		return nil
	}
	found := map[address.Address]*state.Object{}
	for o := range s.Unordered() {
		if slices.Contains(m.Reads, o.Address.Kind()) {
			within(s, o, found)
		}
	}
	return slices.Collect(maps.Values(found))
}

// within adds an object and what it is part of.
func within(s *state.State, o *state.Object, found map[address.Address]*state.Object) {
	for ; o != nil && found[o.Address] == nil; o = s.Get(o.Parent) {
		found[o.Address] = o
	}
}

// survey finds the models that a group is about and what those refer to, and how
// many bytes they take in a message. What they refer to is not counted: it is
// shared by the groups of a pass.
func (c cutter) survey(g *group) {
	g.near, g.far = c.near(*g), roots{}
	for _, side := range [][2]*state.State{{c.whole.From, c.whole.To}, {c.whole.To, c.whole.From}} {
		below := g.near.below(side[0])
		for _, o := range below {
			g.weight += weight(o)
			if other := side[1].Get(o.Address); other != nil && other.Parent != o.Parent {
				g.far.add(c.whole, o.Address) // it has moved to another model
			}
			for _, ref := range o.Refs {
				if below[ref.Target] == nil {
					g.far.add(c.whole, ref.Target)
					g.far.under(c.whole, side[0], ref.Target)
				}
			}
		}
	}
}

// pass returns the pass over a group: both states hold the models that it is
// about, everything that those refer to with the models of it, and what the
// manifest reads.
func (c cutter) pass(g group) detect.Pass {
	part := c.whole
	part.Changes, part.Observed = g.changes, g.observed
	wide := g.near.and(g.far)
	part.From, part.To = wide.state(c.whole.From, c.from), wide.state(c.whole.To, c.to)
	part.Renamed = renamedIn(part.From, c.whole.Renamed)
	return part
}

// renamedIn returns the renames, of some, that a part of the old state speaks of.
func renamedIn(s *state.State, renames []state.Rename) []state.Rename {
	if len(renames) == 0 {
		return nil
	}
	spoken := map[address.Address]bool{}
	for o := range s.Unordered() {
		spoken[o.Address], spoken[o.Parent] = true, true
		for _, ref := range o.Refs {
			spoken[ref.Target] = true
		}
	}
	var list []state.Rename
	for _, r := range renames {
		if spoken[r.To] {
			list = append(list, r)
		}
	}
	return list
}

// near returns the models that a group is about.
func (c cutter) near(g group) roots {
	near := roots{}
	for _, change := range g.changes {
		near.add(c.whole, change.Address())
		for _, o := range []*state.Object{change.Before, change.After} {
			if o != nil {
				near.add(c.whole, o.Parent)
			}
		}
	}
	for _, op := range g.observed {
		near.add(c.whole, op.Target)
	}
	return near
}

// roots are addresses of objects that are wanted with everything below them.
type roots map[address.Address]bool

// and returns the roots of both.
func (r roots) and(others roots) roots {
	all := make(roots, len(r)+len(others))
	maps.Copy(all, r)
	maps.Copy(all, others)
	return all
}

// add adds the outermost parents of an object, as they are in both states.
func (r roots) add(pass detect.Pass, a address.Address) {
	if !a.IsZero() {
		r[outermost(pass.From, a)] = true
		r[outermost(pass.To, a)] = true
	}
}

// under adds what stands by itself without parts, as types do, and is under one that
// does so too: nobody can tell what a domain is without the type below it.
func (r roots) under(pass detect.Pass, s *state.State, a address.Address) {
	o := s.Get(a)
	if o == nil || !alone(s, o) {
		return
	}
	for _, ref := range o.Refs {
		if below := s.Get(ref.Target); below != nil && alone(s, below) && !r[ref.Target] {
			r.add(pass, ref.Target)
			r.under(pass, s, ref.Target)
		}
	}
}

func alone(s *state.State, o *state.Object) bool {
	return o.Parent.IsZero() && len(s.Children(o.Address)) == 0
}

// outermost returns the last of the parents of a that is in a state. The depth
// is bounded because nobody has proven that parents end.
func outermost(s *state.State, a address.Address) address.Address {
	for range 32 {
		o := s.Get(a)
		if o == nil || !s.Has(o.Parent) {
			break
		}
		a = o.Parent
	}
	return a
}

// below returns the roots that are in a state, and what is below them.
func (r roots) below(s *state.State) map[address.Address]*state.Object {
	kept := map[address.Address]*state.Object{}
	var keep func(o *state.Object)
	keep = func(o *state.Object) {
		if o == nil || kept[o.Address] != nil {
			return
		}
		kept[o.Address] = o
		for _, child := range s.Children(o.Address) {
			keep(child)
		}
	}
	for root := range r {
		keep(s.Get(root))
	}
	return kept
}

// state returns the part of a state that is below the roots or read anyway.
func (r roots) state(s *state.State, read []*state.Object) *state.State {
	return state.New(slices.AppendSeq(slices.Clone(read), maps.Values(r.below(s)))...)
}
