package state

import (
	"errors"
	"fmt"
	"maps"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An Edit is one step from a state to another. Exactly one of its fields is set.
type Edit struct {
	Put    *Object         `json:"put,omitempty"`
	Drop   address.Address `json:"drop,omitzero"`
	Rename []Rename        `json:"rename,omitempty"`
	Read   *Read           `json:"read,omitempty"`
}

// A Read says what the SQL texts of an object are read as from here on. Its definition
// stays what it is, whatever that is: edits of two branches meet in either order. Where
// there is no such object it does nothing.
type Read struct {
	Object   address.Address `json:"object"`
	Readings []Reading       `json:"readings"`
}

// A Rename gives an object and everything below it another address. The renames
// of one Edit happen at once, so names can be exchanged.
type Rename struct {
	From address.Address `json:"from"`
	To   address.Address `json:"to"`
}

// Put returns the edit that adds or replaces an object.
func Put(o *Object) Edit { return Edit{Put: o} }

// Drop returns the edit that removes an object.
func Drop(a address.Address) Edit { return Edit{Drop: a} }

// ReadAnew returns the edit that gives an object that is there the readings of another one.
func ReadAnew(o *Object) Edit { return Edit{Read: &Read{Object: o.Address, Readings: o.Readings}} }

// A Builder applies edits one after another. It is for one goroutine.
type Builder struct {
	objects map[address.Address]*Object
}

// NewBuilder returns a builder that begins with the objects of a state.
func NewBuilder(from *State) *Builder {
	b := &Builder{objects: map[address.Address]*Object{}}
	maps.Copy(b.objects, from.all())
	return b
}

// Get returns the object that is at an address now, or nil.
func (b *Builder) Get(a address.Address) *Object { return b.objects[a] }

// Apply makes the edits in order. It returns an error for an edit of nothing, a
// drop or rename of an object that is not there, and a rename onto one that is.
func (b *Builder) Apply(edits ...Edit) error {
	for _, e := range edits {
		if err := b.apply(e); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) apply(e Edit) error {
	switch {
	case e.Put != nil:
		b.objects[e.Put.Address] = e.Put
	case !e.Drop.IsZero():
		if b.objects[e.Drop] == nil {
			return fmt.Errorf("dropping %s: there is no such object", e.Drop)
		}
		delete(b.objects, e.Drop)
	case len(e.Rename) > 0:
		return b.rename(e.Rename)
	case e.Read != nil:
		b.read(e.Read)
	default:
		return errors.New("an edit that does nothing")
	}
	return nil
}

func (b *Builder) read(r *Read) {
	if was := b.objects[r.Object]; was != nil {
		is := *was
		is.Readings = r.Readings
		b.objects[r.Object] = &is
	}
}

func (b *Builder) rename(renames []Rename) error {
	for _, r := range renames {
		if b.objects[r.From] == nil {
			return fmt.Errorf("renaming %s: there is no such object", r.From)
		}
	}
	moved, err := renamed(b.objects, renames)
	if err != nil {
		return err
	}
	b.objects = moved
	return nil
}

// Build returns the state. The builder can go on; the state does not change.
func (b *Builder) Build() *State { return &State{objects: maps.Clone(b.objects)} }

// Apply returns the state after the edits; see Builder.Apply for its errors.
func (s *State) Apply(edits ...Edit) (*State, error) {
	b := NewBuilder(s)
	if err := b.Apply(edits...); err != nil {
		return nil, err
	}
	return b.Build(), nil
}
