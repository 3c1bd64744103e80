package builtin

import (
	"context"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Likeness is how alike an object that goes and one that comes are.
type Likeness = detect.Alikeness

// The likenesses.
const (
	Different = detect.Different
	Alike     = detect.Alike
	Equal     = detect.Equal
)

// Match judges whether an object of from has become an object of to: both of one
// kind under one parent (or a model by itself and a join model), with the renames
// of their parents made in from. Kinds that are not built in are Different. It is
// safe for concurrent use.
func Match(before, after *state.Object, from, to *state.State) Likeness {
	known, ok := kinds()[before.Address.Kind()]
	if !ok || before.Address.Kind() != after.Address.Kind() {
		return Different
	}
	switch known.kind.Likeness {
	case detect.Judged:
		return known.judge(detect.Pair{Before: before, After: after}, from, to)
	case detect.Sure:
		return likeness(before, after, known.kind, Equal)
	case detect.Asked:
		return likeness(before, after, known.kind, Alike)
	}
	return Different
}

func likeness(before, after *state.Object, kind detect.Kind, same Likeness) Likeness {
	if sdk.SameBut(before, after, kind.Naming...) {
		return same
	}
	return Different
}

// Twin reports whether an object of from and one of to, both of one kind, differ
// in nothing but their names: models in the fields that they have, too. It is
// safe for concurrent use.
func Twin(before, after *state.Object, from, to *state.State) bool {
	known, ok := kinds()[before.Address.Kind()]
	if !ok || before.Address.Kind() != after.Address.Kind() || !sdk.SameBut(before, after, known.kind.Naming...) {
		return false
	}
	if len(known.kind.Members) == 0 {
		return true
	}
	was, is := from.Children(before.Address, known.kind.Members...), to.Children(after.Address, known.kind.Members...)
	return len(was) == len(is) && !slices.ContainsFunc(was, func(o *state.Object) bool {
		other := to.Get(member(after.Address, o.Address))
		return other == nil || !Twin(o, other, from, to)
	})
}

// member returns the address below a parent that a member of another one would have.
func member(parent, of address.Address) address.Address { return parent.Child(of.Kind(), of.Name()) }

// A known is a built-in kind with its detector.
type known struct {
	kind     detect.Kind
	detector detect.Detector
}

func (k known) judge(pair detect.Pair, from, to *state.State) Likeness {
	found, err := k.detector.(detect.Judge).Judge(context.Background(), detect.Comparison{From: from, To: to, Pairs: []detect.Pair{pair}})
	if err != nil {
		return Different // attributes that cannot be read are reported by their owner
	}
	return found[0]
}

// kinds holds the built-in kinds by name.
var kinds = sync.OnceValue(func() map[string]known {
	all := map[string]known{}
	for _, d := range Detectors() {
		for _, kind := range d.Manifest().Kinds {
			all[kind.Name] = known{kind: kind, detector: d}
		}
	}
	return all
})
