package conformance

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// blocks has the blocks of the detector that stand by themselves renamed alone,
// exchange their names, and what they read change its type: what is there then has
// to be what would be made at once.
func (t *trial) blocks(ctx context.Context, stages []stage) {
	if !slices.ContainsFunc(t.Detector.Manifest().Options, alone) {
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

// alone reports whether the objects of an option stand by themselves.
func alone(o detect.Option) bool { return o.On == detect.OnApp || o.On == detect.OnProject }

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
		return alone(option) && option.Kind == o.Address.Kind()
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

// relabelled returns a stage in which objects have other labels, and say so. One
// that is called like its label in the database is called like its new one.
func relabelled(s stage, labels map[address.Address]string) stage {
	var renames []state.Rename
	var puts []*state.Object
	for o := range s.declared.State.All() {
		label, moves := labels[o.Address]
		if !moves {
			continue
		}
		names := o.Address.Names()
		if nameOf(o) == o.Address.Name() {
			puts = append(puts, called(o, label))
		}
		names[len(names)-1] = label
		renames = append(renames, state.Rename{From: o.Address, To: address.New(o.Address.Kind(), names...)})
	}
	moved, err := with(s.declared.State, puts...).Apply(state.Edit{Rename: renames})
	if err == nil { // else two would have one label
		s.declared.State, s.declared.Renamed = moved, slices.Concat(s.declared.Renamed, renames)
	}
	return s
}

// with returns a state with objects in the place of those of their addresses.
func with(s *state.State, puts ...*state.Object) *state.State {
	b := state.NewBuilder(s)
	for _, o := range puts {
		_ = b.Apply(state.Put(o)) // a put never fails
	}
	return b.Build()
}

// nameAttr is how the argument of a block is called that names it in the database.
const nameAttr = "name"

// nameOf returns what a block is called in the database, empty if it does not say.
func nameOf(o *state.Object) string {
	named, _ := state.Decode[struct{ Name string }](o) // of another type it is no name
	return named.Name
}

// called returns a block with another name in the database.
func called(o *state.Object, name string) *state.Object {
	attrs := map[string]json.RawMessage{}
	if json.Unmarshal(o.Attrs, &attrs) != nil || attrs[nameAttr] == nil {
		return o
	}
	attrs[nameAttr], _ = state.Encode(name) // text can always be encoded
	renamed := *o
	renamed.Attrs, _ = state.Encode(attrs)
	return &renamed
}
