package autodetector

import (
	"context"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// prepare checks the detectors against one another, upgrades the old state and
// completes the wanted one: objects that outlive their declaration and objects
// whose plugin is not there stay, and objects that depend on their siblings say so.
func (r *run) prepare(ctx context.Context) error {
	r.owners = newOwners(r.in.Detectors, r.in.Plugins)
	r.validate()
	if err := r.upgrade(ctx); err != nil {
		return err
	}
	r.original = r.from
	r.to = withSiblings(r.withStaying(r.to), r.owners.kinds)
	if err := r.recall(); err != nil {
		return err
	}
	r.unchanged = r.in.Answers.none() && len(r.changes()) == 0 && !r.declaresRename()
	return r.given()
}

// recall asks for the renames of the history where the models speak of any.
func (r *run) recall() (err error) {
	if len(r.in.Declaration.Renamed) > 0 && r.in.Renamed != nil {
		r.past, err = r.in.Renamed()
	}
	return err
}

// validate holds the manifests against one another.
func (r *run) validate() {
	if r.in.Validated {
		return
	}
	r.diagnostics = append(r.diagnostics, detect.Validate(detect.ManifestsOf(r.owners.detectors...))...)
}

// withStaying adds the objects of from that nobody has the right to drop.
func (r *run) withStaying(to *state.State) *state.State {
	var staying []state.Edit
	for o := range r.from.Unordered() {
		if !to.Has(o.Address) && r.stays(o, to) {
			staying = append(staying, state.Put(o))
		}
	}
	return with(to, staying)
}

// with returns a state with objects put into it, which never fails.
func with(s *state.State, puts []state.Edit) *state.State {
	if len(puts) == 0 {
		return s
	}
	b := state.NewBuilder(s)
	_ = b.Apply(puts...)
	return b.Build()
}

func (r *run) stays(o *state.Object, to *state.State) bool {
	kind, known := r.owners.kinds[o.Address.Kind()]
	if known {
		return kind.Outlives
	}
	return !r.retires(o.Address.Kind()) && (o.Parent.IsZero() || to.Has(o.Parent))
}

// Settled returns a wanted state as the migrations to it leave it: objects of kinds that
// depend on their siblings refer to them. It is what a later plan begins with.
func Settled(wanted *state.State, detectors, plugins []detect.Detector) *state.State {
	return withSiblings(wanted, newOwners(detectors, plugins).kinds)
}

// withSiblings gives every object whose kind depends on its siblings a reference
// to each of them.
func withSiblings(to *state.State, kinds map[string]detect.Kind) *state.State {
	var referring []state.Edit
	for o := range to.Unordered() {
		if siblings := kinds[o.Address.Kind()].Siblings; len(siblings) > 0 {
			referring = append(referring, state.Put(withReferences(o, parental(to, o), dependedOn(to, o, siblings))))
		}
	}
	return with(to, referring)
}

// dependedOn returns the siblings of the named kinds. Behind "KIND NAME" stand the
// one of that name and those of its siblings that it refers to itself.
func dependedOn(s *state.State, o *state.Object, named []string) []*state.Object {
	siblings := s.Children(o.Parent, named...)
	for _, text := range named {
		kind, name, one := strings.Cut(text, " ")
		sibling := s.Get(o.Parent.Child(kind, name))
		if !one || sibling == nil || sibling.Parent != o.Parent {
			continue
		}
		siblings = append(siblings, sibling)
		for _, ref := range sibling.Refs {
			if target := s.Get(ref.Target); target != nil && target.Parent == o.Parent {
				siblings = append(siblings, target)
			}
		}
	}
	return siblings
}

// withReferences returns the object with a reference in every aspect to each sibling,
// and to its parent, whose parts it works with.
func withReferences(o *state.Object, parent state.Aspects, siblings []*state.Object) *state.Object {
	more := *o
	more.Refs = slices.Clone(o.Refs)
	refer := func(to address.Address, aspects state.Aspects) {
		if more.Ref(to)&aspects != aspects {
			more.Refs = append(more.Refs, state.Reference{Target: to, Aspects: aspects})
		}
	}
	if !o.Parent.IsZero() {
		refer(o.Parent, parent)
	}
	for _, sibling := range siblings {
		refer(sibling.Address, state.Exists|state.Name|state.Type|state.Definition)
	}
	slices.SortStableFunc(more.Refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	return &more
}

// parental returns the aspects of its parent that an object depends on: the name, and of
// what is itself part of something, as a column is, the type. PostgreSQL gives a column no
// other one while a trigger names it, and that may be the enum's doing and not the field's.
func parental(s *state.State, o *state.Object) state.Aspects {
	if parent := s.Get(o.Parent); parent != nil && !parent.Parent.IsZero() {
		return state.Exists | state.Name | state.Type
	}
	return state.Exists | state.Name
}

// targets returns the addresses that an object refers to.
func targets(o *state.Object) map[address.Address]bool {
	set := make(map[address.Address]bool, len(o.Refs))
	for _, ref := range o.Refs {
		set[ref.Target] = true
	}
	return set
}
