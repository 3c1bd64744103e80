package conformance

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// alone changes each option of a model or field while all others stay: it comes,
// goes, and becomes what it is in another stage, as a whole and argument by argument. Whether that is taken, and what is
// there then, has to be as if all of it had been declared at once, and the answer
// must not depend on how much of the states is in the pass. The server is asked of
// one object of each kind.
func (t *trial) alone(ctx context.Context, stages []stage, made map[string]string) {
	walks := map[string][][]stage{}
	for _, s := range stages {
		for o := range s.declared.State.All() {
			if !t.owns(o.Address.Kind()) || o.Parent.IsZero() {
				continue
			}
			others := others(stages, s, o)
			good := true
			for _, other := range others {
				good = t.single(ctx, s, other) && t.single(ctx, other, s) && good
			}
			for _, other := range arguments(stages, s, o) {
				t.single(ctx, s, other)
				t.single(ctx, other, s)
			}
			if ways := around(s, others); good && len(ways) > len(walks[o.Address.Kind()]) {
				walks[o.Address.Kind()] = ways
			}
		}
	}
	if len(walks) == 0 {
		t.skip("the models have no option of it that can be alone", aloneCheck)
	}
	for _, kind := range slices.Sorted(maps.Keys(walks)) {
		t.compared(ctx, walks[kind], made)
	}
}

// compared takes databases several ways. Each stage has to look the same on all of
// them, and as it was made, unless something is left behind.
func (t *trial) compared(ctx context.Context, ways [][]stage, made map[string]string) {
	known := maps.Clone(made)
	for _, way := range ways {
		if t.leaves() {
			clear(known)
		}
		maps.Copy(known, t.serve(ctx, aloneCheck, way, known))
	}
}

// around are ways from nothing to a stage by way of another one like it, and to that
// by way of the stage, for two such others.
func around(s stage, others []stage) [][]stage {
	empty := stage{name: "nothing", declared: nothing()}
	var ways [][]stage
	for _, other := range others[:min(len(others), 2)] {
		ways = append(ways, []stage{empty, other, s}, []stage{empty, s, other})
	}
	return ways
}

// leaves reports whether something of the detector stays when nobody wants it any
// more, so that a database is not what it would be if it had been made at once.
func (t *trial) leaves() bool {
	return slices.ContainsFunc(t.Detector.Manifest().Kinds, func(k detect.Kind) bool { return k.Outlives })
}

// others returns the stage without an object, and with what other stages have in
// the place of it.
func others(stages []stage, s stage, o *state.Object) []stage {
	var list []stage
	if without, ok := lacking(s, o.Address); ok {
		list = append(list, without)
	}
	for _, from := range stages {
		other := from.declared.State.Get(o.Address)
		if other == nil || bytes.Equal(other.Attrs, o.Attrs) || !complete(s.declared.State, other) {
			continue
		}
		changed := s
		changed.name = s.name + " with " + o.Address.Path() + " of " + from.name
		changed.declared.State = with(s.declared.State, other)
		list = append(list, changed)
	}
	return list
}

// lacking returns a stage without an object, unless something builds on that.
func lacking(s stage, a address.Address) (stage, bool) {
	if len(s.declared.State.Children(a)) > 0 || len(s.declared.State.Dependents(a)) > 0 {
		return s, false
	}
	left, err := s.declared.State.Apply(state.Drop(a))
	s.name += " without " + a.Path()
	s.declared.State = left
	return s, err == nil
}

// complete reports whether a state has all that an object refers to.
func complete(s *state.State, o *state.Object) bool {
	for _, ref := range o.Refs {
		if !s.Has(ref.Target) {
			return false
		}
	}
	return true
}

// single checks one change of one option, and reports whether it can be made.
func (t *trial) single(ctx context.Context, from, to stage) bool {
	empty := stage{name: "nothing", declared: nothing()}
	if _, failure := t.plan(ctx, empty, from, &recorder{Detector: t.Detector}); failure != nil || ctx.Err() != nil {
		return false // it cannot be like that
	}
	_, never := t.plan(ctx, empty, to, &recorder{Detector: t.Detector})
	operations, failure := t.plan(ctx, from, to, &recorder{Detector: t.Detector})
	switch {
	case failure != nil && failure.newOnly:
		return false // a clause that nobody changes later
	case failure != nil && (never == nil || !failure.refused):
		t.wrong(aloneCheck, "from %s to %s, which can be made at once: %s", from.name, to.name, failure.why)
	case failure == nil && never != nil:
		t.wrong(aloneCheck, "from %s to %s is taken; made at once it is not: %s", from.name, to.name, never.why)
	case failure == nil:
		t.sighted(ctx, from, to, operations)
		return true
	}
	return false
}

// sighted compares a plan with that of the detector when it sees the whole of both
// states.
func (t *trial) sighted(ctx context.Context, from, to stage, operations []operation.Operation) {
	want, failure := t.plan(ctx, from, to, &recorder{Detector: viewer{t.Detector}})
	if failure != nil {
		t.wrong(aloneCheck, "from %s to %s, with all of both states in the pass: %s", from.name, to.name, failure.why)
		return
	}
	have := canonical(detect.Result{Operations: operations})
	if all := canonical(detect.Result{Operations: want}); have != all {
		t.wrong(aloneCheck, "from %s to %s it answers otherwise when it sees all of both states: %s", from.name, to.name, difference(all, have))
	}
}

// A viewer is a detector that is shown everything.
type viewer struct{ detect.Detector }

// Unwrap returns the detector, which may be able to do more.
func (s viewer) Unwrap() detect.Detector { return s.Detector }

// Manifest says that the whole is wanted.
func (s viewer) Manifest() *detect.Manifest {
	m := *s.Detector.Manifest()
	m.Locality = detect.Whole
	return &m
}
