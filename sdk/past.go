package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A past is the old state of a pass as it was, made when it is first asked for.
type past struct {
	pass  Pass
	state *State
}

// as returns the old state with the addresses of before the renames.
func (p *past) as() *State {
	if p.state == nil {
		p.state = p.pass.Past()
	}
	return p.state
}

// declare fills in the option of a change, as it was and as it is wanted.
func (e *Emitter[T]) declare(change Change) (err error) {
	if e.To, err = declared[T](e.Pass.To, change.After, &e.trouble); err != nil || change.Before == nil {
		return err
	}
	if e.From, err = before[T](e.Pass.From, change.Before, e); err != nil {
		return err
	}
	e.From.label, e.Was = e.Pass.Was(e.target).Name(), e.From
	if len(e.Pass.Renamed) == 0 {
		return nil
	}
	e.Was, err = before[T](e.was.as(), e.was.of(change.Before), e)
	return err
}

// Back returns From as an alteration makes it again on the way back: with its own label,
// among the names of that moment. The table and what To refers to have their new names
// then, as they are altered before it and altered back after it. It is nil where From or
// To is.
func (e *Emitter[T]) Back() *Declared[T] {
	if e.From == nil || e.To == nil {
		return nil
	}
	back := *e.From
	back.State = afterwards(e.Pass, e.To.Object)
	return &back
}

// before returns an option as it was. Nobody judges it any more.
func before[T any](s *State, o *Object, e *Emitter[T]) (*Declared[T], error) {
	d, err := declared[T](s, o, &e.trouble)
	if err == nil {
		d.past = true
	}
	return d, err
}

// afterwards returns the old state with what an object is part of and refers to as it
// is wanted: that is altered before the object is, and altered back after it.
func afterwards(pass Pass, o *Object) *State {
	b := state.NewBuilder(pass.From)
	put := func(a Address) {
		for other := pass.To.Get(a); other != nil; other = pass.To.Get(other.Parent) {
			_ = b.Apply(state.Put(other)) // a put never fails
		}
	}
	put(o.Parent)
	for _, ref := range o.Refs {
		put(ref.Target)
	}
	return b.Build()
}

// Relabelled reports whether the option has another label than before. Its attributes
// may be the same; an option that is called by its label in the database has to be
// made again, which Replace says too, or renamed where it stands.
func (e *Emitter[T]) Relabelled() bool {
	return e.From != nil && e.To != nil && e.Pass.Relabelled(e.target)
}

// of returns an object of the old state as it was.
func (p *past) of(o *Object) *Object {
	if was := p.as().Get(p.pass.Was(o.Address)); was != nil {
		return was
	}
	return o
}

// now returns the address that an object of the past has in the operations of today.
func (p *past) now(a address.Address) address.Address {
	for _, r := range p.pass.Renamed {
		if r.From == a {
			return r.To
		}
	}
	return a
}

// needsNow returns needs with the addresses of today.
func (p *past) needsNow(needs []Need) []Need {
	for i := range needs {
		needs[i].Object = p.now(needs[i].Object)
	}
	return needs
}

// locksNow returns locks with the addresses of today.
func (p *past) locksNow(locks []Lock) []Lock {
	list := slices.Clone(locks)
	for i := range list {
		list[i].Object = p.now(list[i].Object)
	}
	return list
}
