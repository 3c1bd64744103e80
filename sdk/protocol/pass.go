package protocol

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// ToPass returns a pass as a message. Equal passes give equal messages.
func ToPass(p detect.Pass) *Pass {
	t := table{byAddress: map[address.Address][]uint32{}}
	return &Pass{
		From:     t.state(p.From),
		To:       t.state(p.To),
		Changes:  toAll(p.Changes, t.change),
		Facts:    toAll(p.Facts, toFact),
		Config:   p.Config,
		Observed: toAll(p.Observed, toOperation),
		Renamed:  toAll(p.Renamed, toRename),
		Objects:  toAll(t.objects, toObject),
	}
}

func readPass(r *reader, p *Pass) detect.Pass {
	objects := readAll(r, p.GetObjects(), readObject)
	return detect.Pass{
		From: readState(r, objects, p.GetFrom()),
		To:   readState(r, objects, p.GetTo()),
		Changes: readAll(r, p.GetChanges(), func(r *reader, c *Change) detect.Change {
			return readChange(r, objects, c)
		}),
		Facts:    readAll(r, p.GetFacts(), readFact),
		Config:   readJSON(p.GetConfig()),
		Observed: readAll(r, p.GetObserved(), readOperation),
		Renamed:  readAll(r, p.GetRenamed(), readRename),
	}
}

// A table numbers the objects of a pass from 1.
type table struct {
	objects   []*state.Object
	byAddress map[address.Address][]uint32
}

func (t *table) number(o *state.Object) uint32 {
	if o == nil {
		return 0
	}
	for _, n := range t.byAddress[o.Address] {
		if known := t.objects[n-1]; known == o || alike(known, o) {
			return n
		}
	}
	t.objects = append(t.objects, o)
	n := uint32(len(t.objects))
	t.byAddress[o.Address] = append(t.byAddress[o.Address], n)
	return n
}

func (t *table) state(s *state.State) []uint32 {
	var numbers []uint32
	for o := range s.All() {
		numbers = append(numbers, t.number(o))
	}
	return numbers
}

func readState(r *reader, objects []*state.Object, numbers []uint32) *state.State {
	return state.New(readAll(r, numbers, func(r *reader, n uint32) *state.Object {
		if o := numbered(r, objects, n); o != nil {
			return o
		}
		r.fail("a state with object 0")
		return &state.Object{}
	})...)
}

func numbered(r *reader, objects []*state.Object, n uint32) *state.Object {
	if n == 0 {
		return nil
	}
	if int64(n) > int64(len(objects)) {
		r.fail("object %d of %d", n, len(objects))
		return nil
	}
	return objects[n-1]
}

func (t *table) change(c detect.Change) *Change {
	return &Change{Before: t.number(c.Before), After: t.number(c.After), Replace: c.Replace, MustGo: c.MustGo}
}

func readChange(r *reader, objects []*state.Object, c *Change) detect.Change {
	change := detect.Change{Replace: c.GetReplace(), MustGo: c.GetMustGo()}
	change.Before = numbered(r, objects, c.GetBefore())
	change.After = numbered(r, objects, c.GetAfter())
	if change.Before == nil && change.After == nil {
		r.fail("a change of nothing")
	}
	return change
}

func toFact(f detect.Fact) *Fact {
	return &Fact{Name: f.Name, Subject: f.Subject, Value: f.Value}
}

func readFact(_ *reader, f *Fact) detect.Fact {
	return detect.Fact{Name: f.GetName(), Subject: f.GetSubject(), Value: readJSON(f.GetValue())}
}
