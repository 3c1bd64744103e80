package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// moved looks for parts that go where one of the same name comes somewhere else, such as a
// field that is taken out of a model and written into another one. No rename keeps its
// values, as they are those of other rows, so nothing of the kind is dropped before the
// user has said so.
func (d *renamer) moved(ctx context.Context) error {
	removed, added := d.apart()
	for _, old := range removed {
		if d.asked[old.Address] || d.dropsWhole(old) {
			continue
		}
		places, err := d.placesOf(ctx, old, added)
		if err != nil {
			return err
		}
		if len(places) > 0 {
			if err := d.askMoved(ctx, old.Address, places); err != nil {
				return err
			}
		}
	}
	return nil
}

// apart returns the parts that go and those that come, of kinds that may hold values.
func (d *renamer) apart() (removed, added []*state.Object) {
	for _, c := range d.changes() {
		switch {
		case c.After == nil && d.holds(c.Before):
			removed = append(removed, c.Before)
		case c.Before == nil && d.holds(c.After) && d.isWritten(c.After):
			added = append(added, c.After)
		}
	}
	return removed, added
}

// holds reports whether an object is part of one that stands by itself and of a kind of
// which the user is asked, so that something is at stake. What is part of a part, such
// as the sides of a many_to_many, comes and goes with that.
func (d *renamer) holds(o *state.Object) bool {
	kind := d.owners.kinds[o.Address.Kind()]
	whole := cmp.Or(d.from.Get(o.Parent), d.to.Get(o.Parent))
	return whole != nil && whole.Parent.IsZero() && (kind.Likeness == detect.Judged || kind.Likeness == detect.Asked)
}

// isWritten reports whether an object has a place of its own in the models. What came by
// itself, such as an id, is where its parent is.
func (d *renamer) isWritten(o *state.Object) bool {
	place := d.in.Declaration.Places[o.Address]
	return place.File == "" || place != d.in.Declaration.Places[o.Parent]
}

// dropsWhole reports whether a flag says that an object is dropped, or what it is part of.
func (d *renamer) dropsWhole(o *state.Object) bool {
	for ; o != nil; o = d.from.Get(o.Parent) {
		if d.saidDropped(o.Address) {
			return true
		}
	}
	return false
}

// placesOf returns the new parts that the values of an old one could be meant for. Where
// both wholes are others now, nothing has moved: one was dropped and one was made.
func (d *renamer) placesOf(ctx context.Context, old *state.Object, added []*state.Object) ([]address.Address, error) {
	var pairs []detect.Pair
	for _, o := range added {
		if o.Address.Kind() == old.Address.Kind() && o.Address.Name() == d.before(old.Address).Name() && o.Parent != old.Parent &&
			(d.to.Has(old.Parent) || d.from.Has(o.Parent)) {
			pairs = append(pairs, detect.Pair{Before: old, After: o})
		}
	}
	judged, err := d.alikeness(ctx, pairs)
	if err != nil {
		return nil, err
	}
	var places []address.Address
	for _, pair := range pairs {
		if judged[pair] != detect.Different {
			places = append(places, pair.After.Address)
		}
	}
	return places, nil
}

// askMoved asks what becomes of values, or reports the flags that would answer.
func (d *renamer) askMoved(ctx context.Context, old address.Address, places []address.Address) error {
	if to, ok := d.saidMoved(old, places); ok {
		d.reportCopy(old, to)
		return nil
	}
	if d.in.Questioner == nil {
		d.reportMoved(old, places)
		return nil
	}
	to, err := d.in.Questioner.Rename(ctx, old, places)
	if err == nil && !to.IsZero() {
		d.reportCopy(old, to)
	}
	return err
}

// saidMoved returns the place that a flag names as the new one of an old part.
func (d *renamer) saidMoved(old address.Address, places []address.Address) (address.Address, bool) {
	for i, answer := range d.in.Answers.Renames {
		if d.used[i] || answer.New == "" || !d.names(answer.Old, old) {
			continue
		}
		if at := slices.IndexFunc(places, func(a address.Address) bool { return answer.New == a.Name() || samePath(answer.New, a) }); at >= 0 {
			d.used[i] = true
			return places[at], true
		}
	}
	return address.Address{}, false
}

func (d *renamer) reportMoved(old address.Address, places []address.Address) {
	old = d.before(old)
	var paths, flags []string
	for _, a := range places {
		paths = append(paths, a.Path())
		flags = append(flags, "--rename "+flag(old.Path(), a.Path()))
	}
	d.report(diag.Diagnostic{
		Code:    openMove,
		Summary: fmt.Sprintf("%s is gone and %s is new: are its values lost, or are they to go there?", detect.Called(old), strings.Join(paths, " or ")),
		Detail:  "What moves to another table is not renamed: which row gets which value is not known. Nothing is guessed.",
		Next: "add to the command, if the values are given up:\n  --rename " + flag(old.Path(), "") +
			"\nto be told how they are copied:\n  " + strings.Join(flags, "\n  "),
		Range:   d.in.Declaration.Places[places[0]],
		Address: old.String(),
	})
}

func (d *renamer) reportCopy(old, to address.Address) {
	old = d.before(old)
	d.report(diag.Diagnostic{
		Code:    "WH2010",
		Summary: fmt.Sprintf("the values of %s do not get into %s by a rename", old.Path(), to.Path()),
		Detail:  "They are those of other rows. Only you know which row gets which value, so they are copied while both are there.",
		Next: fmt.Sprintf("write %s back, let the new one be null: whimbrel make\n"+
			"copy the values by hand: whimbrel make --empty --app %s\n"+
			"take it out again: whimbrel make --rename %s", old.Path(), to.App(), flag(old.Path(), "")),
		Range:   d.in.Declaration.Places[to],
		Address: old.String(),
	})
}
