package autodetector

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// adopt makes the renames between objects that stand by themselves and objects
// that are part of another one, where both are the same thing in the database, or the
// user says so: the join model of a many_to_many that somebody has written out by now,
// or writes no longer.
func (d *renamer) adopt(ctx context.Context) error {
	var removed, added []*state.Object
	for _, c := range d.changes() {
		switch {
		case c.After == nil:
			removed = append(removed, c.Before)
		case c.Before == nil:
			added = append(added, c.After)
		}
	}
	a := &adopter{renamer: d, added: added, gone: map[address.Address]bool{}, taken: map[address.Address]bool{}}
	for _, settle := range []func(context.Context, *state.Object) (address.Address, error){a.equal, a.said, a.asked} {
		if err := a.each(ctx, removed, settle); err != nil {
			return err
		}
	}
	return d.apply(a.renames)
}

// An adopter pairs objects that stand by themselves with parts of others.
type adopter struct {
	*renamer
	added       []*state.Object
	gone, taken map[address.Address]bool
	renames     []state.Rename
}

// each pairs what is not paired yet with what settle returns.
func (a *adopter) each(ctx context.Context, removed []*state.Object, settle func(context.Context, *state.Object) (address.Address, error)) error {
	for _, old := range removed {
		if a.gone[old.Address] {
			continue
		}
		to, err := settle(ctx, old)
		if err != nil {
			return err
		}
		if !to.IsZero() {
			a.gone[old.Address], a.taken[to] = true, true
			a.renames = append(a.renames, state.Rename{From: old.Address, To: to})
		}
	}
	return nil
}

// equal returns what is the same thing as an old object.
func (a *adopter) equal(ctx context.Context, old *state.Object) (address.Address, error) {
	found, err := a.judged(ctx, old, detect.Equal)
	if err != nil || len(found) == 0 {
		return address.Address{}, err
	}
	return found[0], nil
}

// said returns what a flag says that an old object has become.
func (a *adopter) said(_ context.Context, old *state.Object) (address.Address, error) {
	for i, answer := range a.in.Answers.Renames {
		if a.used[i] || answer.New == "" || !a.names(answer.Old, old.Address) {
			continue
		}
		for _, pair := range a.adoptions(old, a.added, a.taken) {
			if samePath(answer.New, pair.After.Address) {
				a.used[i] = true
				return pair.After.Address, nil
			}
		}
	}
	return address.Address{}, nil
}

// asked returns what the user says that an old object has become.
func (a *adopter) asked(ctx context.Context, old *state.Object) (address.Address, error) {
	found, err := a.judged(ctx, old, detect.Alike)
	if err != nil || len(found) == 0 {
		return address.Address{}, err
	}
	return a.ask(ctx, old.Address, found, a.in.Declaration.Places[found[0]])
}

// judged returns what an old object may be, as sure as that.
func (a *adopter) judged(ctx context.Context, old *state.Object, wanted detect.Alikeness) ([]address.Address, error) {
	pairs := a.adoptions(old, a.added, a.taken)
	judged, err := a.alikeness(ctx, pairs)
	if err != nil {
		return nil, err
	}
	var found []address.Address
	for _, pair := range pairs {
		if judged[pair] == wanted {
			found = append(found, pair.After.Address)
		}
	}
	return found, nil
}

// adoptions returns an object with each of those that it may be: one of the two
// stands by itself.
func (d *renamer) adoptions(old *state.Object, added []*state.Object, taken map[address.Address]bool) []detect.Pair {
	var pairs []detect.Pair
	for _, o := range added {
		if old.Address.Kind() == o.Address.Kind() && old.App == o.App && old.Parent.IsZero() != o.Parent.IsZero() && !taken[o.Address] {
			pairs = append(pairs, detect.Pair{Before: old, After: o})
		}
	}
	if len(pairs) > 0 && d.saidDropped(old.Address) {
		return nil
	}
	return pairs
}
