package conformance

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// blocks has the blocks of the detector that stand by themselves renamed alone,
// exchange their names, and what they read change its type: what is there then has
// to be what would be made at once.
func (t *trial) blocks(ctx context.Context, stages []stage) {
	if !slices.ContainsFunc(t.Detector.Manifest().Options, detect.Option.Alone) {
		t.skip("it has no block that stands by itself", blockCheck, releaseCheck)
		return
	}
	seen := map[string]bool{}
	for _, s := range stages {
		for _, o := range t.blocksOf(s) {
			if kind := o.Address.Kind(); !seen[kind] {
				seen[kind] = true
				t.renamedAlone(ctx, s, o)
				t.exchanged(ctx, s, o)
			}
		}
		t.released(ctx, s)
	}
	if len(seen) == 0 {
		t.skip("the models have no block of it", blockCheck, releaseCheck)
	}
}

// blocksOf returns the blocks of the detector in a stage that stand by themselves.
func (t *trial) blocksOf(s stage) []*state.Object {
	var list []*state.Object
	for o := range s.declared.State.All() {
		if t.isBlock(o) {
			list = append(list, o)
		}
	}
	return list
}

func (t *trial) isBlock(o *state.Object) bool {
	return slices.ContainsFunc(t.Detector.Manifest().Options, func(option detect.Option) bool {
		return option.Alone() && option.Kind == o.Address.Kind()
	})
}

// renamedAlone gives a block another label, as renamed_from does. That may write
// the SQL of its new name and, where it is made again, of those that read it.
func (t *trial) renamedAlone(ctx context.Context, s stage, o *state.Object) {
	label := o.Address.Name()
	to := relabelled(s, map[address.Address]string{o.Address: label + "_renamed"})
	to.name = s.name + " with another label of " + o.Address.Path()
	operations, failure := t.plan(ctx, s, to, &recorder{Detector: t.Detector})
	if failure != nil {
		t.wrong(blockCheck, "from %s to %s: %s", s.name, to.name, failure.why)
		return
	}
	affected := map[address.Address]bool{}
	if nameOf(o) == label {
		readers(s.declared.State, o.Address, affected)
		readers(to.declared.State, to.declared.Renamed[len(to.declared.Renamed)-1].To, affected)
	}
	for _, op := range operations {
		if len(op.Up) > 0 && !affected[op.Target] {
			t.wrong(blockCheck, "from %s to %s: %s on %s has SQL, and only a label changes", s.name, to.name, op.Kind, op.Target)
		}
	}
	t.asAtOnce(ctx, blockCheck, s, to)
}

// readers finds an object and whatever refers to it, or to what does.
func readers(s *state.State, a address.Address, found map[address.Address]bool) {
	if found[a] {
		return
	}
	found[a] = true
	for o := range s.All() {
		if o.Ref(a) != 0 {
			readers(s, o.Address, found)
		}
	}
}

// exchanged has a block and another one of its kind exchange their names in the
// database. Where there is no other one, a copy is.
func (t *trial) exchanged(ctx context.Context, s stage, o *state.Object) {
	if nameOf(o) == "" {
		return
	}
	both, other := t.twoOf(s, o)
	operations, failure := t.plan(ctx, stage{declared: nothing()}, both, &recorder{Detector: t.Detector})
	if failure != nil || len(operations) == 0 {
		return // two of it cannot be
	}
	to := both
	to.name = s.name + " with exchanged names"
	to.declared.State = with(both.declared.State, called(o, nameOf(other)), called(other, nameOf(o)))
	t.step(ctx, both, to, func(string) string { return blockCheck })
	t.asAtOnce(ctx, blockCheck, both, to)
}

// twoOf returns a stage with a block and another one of its kind.
func (t *trial) twoOf(s stage, o *state.Object) (stage, *state.Object) {
	for _, other := range t.blocksOf(s) {
		if other.Address.Kind() == o.Address.Kind() && other.Address != o.Address && nameOf(other) != "" {
			return s, other
		}
	}
	names := o.Address.Names()
	names[len(names)-1] += "_copy"
	moved := *o
	moved.Address = address.New(o.Address.Kind(), names...)
	copied := called(&moved, nameOf(o)+"_copy")
	s.name += " twice"
	s.declared.State = with(s.declared.State, copied)
	return s, copied
}

// asAtOnce takes a database from a stage to another, where it has to be as one that
// was made as that at once.
func (t *trial) asAtOnce(ctx context.Context, check string, from, to stage) {
	empty := stage{name: "nothing", declared: nothing()}
	made := t.serve(ctx, check, []stage{empty, to, empty}, nil)
	t.serve(ctx, check, []stage{empty, from, to, empty}, made)
}
