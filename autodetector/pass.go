package autodetector

import (
	"cmp"
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// pass asks one detector and checks its answer.
func (r *run) pass(
	ctx context.Context, d detect.Detector, changes []detect.Change, observed []operation.Operation, facts []detect.Fact,
) (detect.Result, error) {
	m := d.Manifest()
	p := detect.Pass{
		From: r.slice(r.from, m, changes, observed), To: r.slice(r.to, m, changes, observed),
		Changes: changes, Facts: consumed(m, facts), Observed: observed, Config: r.in.Configs[m.Name],
	}
	p.Renamed = r.renamed(p.From)
	result, err := d.Detect(ctx, p)
	if err != nil {
		return detect.Result{}, err
	}
	return result, detect.Check(m, p, result).Err()
}

// consumed returns the facts that a manifest names, in a fixed order.
func consumed(m *detect.Manifest, facts []detect.Fact) []detect.Fact {
	var found []detect.Fact
	for _, f := range facts {
		if slices.Contains(m.Consumes, f.Name) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b detect.Fact) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Subject, b.Subject))
	})
	return found
}

// slice returns what a detector may see of a state: everything, or the changed
// objects and those of observed operations, with what they are part of, what they
// refer to, and what else the detector owns on the same models.
func (r *run) slice(s *state.State, m *detect.Manifest, changes []detect.Change, observed []operation.Operation) *state.State {
	if m.Locality == detect.Whole {
		return s
	}
	v := &view{state: s, kinds: r.owners.kinds, seen: map[address.Address]*state.Object{}, whole: map[address.Address]bool{}}
	own := possessions{run: r, view: v, owner: m, models: map[address.Address]bool{}}
	for _, c := range changes {
		v.object(c.Address())
		own.beside(c.Before)
		own.beside(c.After)
		v.around(c.Before)
		v.around(c.After)
	}
	for _, op := range observed {
		own.beside(cmp.Or(r.to.Get(op.Target), r.from.Get(op.Target)))
		v.object(op.Target)
		v.around(cmp.Or(r.to.Get(op.Target), r.from.Get(op.Target)))
	}
	if len(m.Reads) > 0 {
		for o := range s.All() {
			if slices.Contains(m.Reads, o.Address.Kind()) {
				v.within(o)
			}
		}
	}
	return v.build()
}

// A view collects objects that a detector may see.
type view struct {
	state *state.State
	kinds map[string]detect.Kind
	seen  map[address.Address]*state.Object
	whole map[address.Address]bool // seen with parents and parts
}

// around adds what an object is part of and refers to, as the view's state has
// it, even if the object itself is in the other state only.
func (v *view) around(o *state.Object) {
	for _, a := range references(o) {
		v.object(a)
	}
}

// object adds an object, its parents, and the parts of these with what they refer
// to.
func (v *view) object(a address.Address) {
	o := v.state.Get(a)
	if o == nil || v.whole[a] {
		return
	}
	v.seen[a], v.whole[a] = o, true
	if !o.Parent.IsZero() {
		v.object(o.Parent)
	}
	for _, child := range v.state.Children(a) {
		if v.kinds[child.Address.Kind()].Part {
			v.seen[child.Address] = child
			v.direct(child)
		}
	}
}

// within adds an object and what it is part of.
func (v *view) within(o *state.Object) {
	for ; o != nil; o = v.state.Get(o.Parent) {
		v.seen[o.Address] = o
	}
}

// direct adds what an object refers to, without the parts of it; of a type what it is
// made of too, as nobody can tell what a domain is without what is under it.
func (v *view) direct(o *state.Object) {
	for _, ref := range o.Refs {
		target := v.state.Get(ref.Target)
		if target == nil {
			continue
		}
		v.seen[ref.Target] = target
		if v.kinds[ref.Target.Kind()].Type != nil {
			v.direct(target)
		}
	}
}

func (v *view) build() *state.State {
	objects := make([]*state.Object, 0, len(v.seen))
	for _, o := range v.seen {
		objects = append(objects, o)
	}
	return state.New(objects...)
}
