package branch

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// everything is all aspects of an object: it comes, goes or has another address.
const everything = ^state.Aspects(0)

// A footprint is what a line does to the objects that it begins with.
type footprint struct {
	changes map[address.Address]use // what is made, altered, dropped or renamed
	reads   map[address.Address]use // what has to be as it is
	around  map[address.Address]use // parents of objects that depend on siblings, and of which kinds
	state   *state.Builder          // at this step
	at      Step
}

// A use is the first step that has to do with an object, and the aspects of it that all
// steps disturb, or depend on.
type use struct {
	step    Step
	aspects state.Aspects
	object  address.Address
	kinds   []string // of siblings
}

// newFootprint walks a line, from a state on. The edits have to fit.
func newFootprint(from *state.State, line Line, siblings func(kind string) []string) (*footprint, error) {
	f := &footprint{
		changes: map[address.Address]use{}, reads: map[address.Address]use{}, around: map[address.Address]use{},
		state: state.NewBuilder(from),
	}
	for _, m := range line {
		for i, op := range m.Operations {
			f.at = Step{m, i}
			if err := f.walk(op, siblings); err != nil {
				return nil, fmt.Errorf("replaying %s: %w", f.at, err)
			}
		}
	}
	return f, nil
}

// walk takes in one operation, and makes its edits.
func (f *footprint) walk(op operation.Operation, siblings func(kind string) []string) error {
	f.change(op.Target, 0)
	for _, touch := range op.Touches {
		f.change(touch.Object, touch.Aspects)
	}
	for _, edit := range op.Edits {
		var err error
		switch {
		case edit.Put != nil:
			f.put(edit.Put, siblings)
		case len(edit.Rename) > 0:
			err = f.rename(edit)
		default:
			f.drop(edit.Drop)
		}
		if err == nil && len(edit.Rename) == 0 {
			err = f.state.Apply(edit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *footprint) change(a address.Address, aspects state.Aspects) {
	if !a.IsZero() {
		f.changes[a] = f.add(f.changes[a], a, aspects)
	}
}

func (f *footprint) add(u use, a address.Address, aspects state.Aspects) use {
	if u.object.IsZero() {
		u.step, u.object = f.at, a
	}
	u.aspects |= aspects
	return u
}

// put takes in an object that comes, or gets another definition.
func (f *footprint) put(o *state.Object, siblings func(kind string) []string) {
	was := f.state.Get(o.Address)
	if was == nil {
		f.change(o.Address, everything)
	} else {
		f.change(o.Address, 0)
		f.read(was)
	}
	f.read(o)
	if kinds := siblings(o.Address.Kind()); len(kinds) > 0 {
		u := f.add(f.around[o.Parent], o.Address, 0)
		u.kinds = append(u.kinds, kinds...)
		f.around[o.Parent] = u
	}
}

func (f *footprint) drop(a address.Address) {
	f.change(a, everything)
	if was := f.state.Get(a); was != nil {
		f.read(was)
	}
}

// read takes in what an object depends on: what it refers to, and what it is part of.
func (f *footprint) read(o *state.Object) {
	for _, ref := range o.Refs {
		f.reads[ref.Target] = f.add(f.reads[ref.Target], ref.Target, ref.Aspects)
	}
	for parent := o.Parent; !parent.IsZero(); {
		f.reads[parent] = f.add(f.reads[parent], parent, state.Exists|state.Name)
		whole := f.state.Get(parent)
		if whole == nil {
			return
		}
		parent = whole.Parent
	}
}

// rename takes in all addresses that become others.
func (f *footprint) rename(edit state.Edit) error {
	before := f.state.Build()
	if err := f.state.Apply(edit); err != nil {
		return err
	}
	after := f.state.Build()
	for _, c := range state.Diff(before, after) {
		if c.Before == nil || c.After == nil {
			f.change(c.Address(), everything)
		}
	}
	return nil
}
