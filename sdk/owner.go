package sdk

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// An Owner answers the changes of one kind of objects by hand, with all that the
// built-in kinds can do: it alters what is there, claims names in the database,
// and takes part where objects exchange their names. One is made for each pass,
// over the Work that takes what it emits.
type Owner interface {
	// Create emits what makes an object.
	Create(o *Object)
	// Drop emits what takes an object away.
	Drop(o *Object)
	// Alter emits what leads from an object to what is wanted in its place. With
	// replace it has to be dropped and made again, whatever of it differs; see
	// Work.Replace. That it has another label is such a change where it says itself
	// what it is called in the database nowhere; see Moment.Label and Pass.Relabelled.
	Alter(before, after *Object, replace bool)
	// Names are those that an object has in the database at a moment, as Name makes
	// them. They decide who can be renamed first.
	Names(at Moment, o *Object) []string
	// Aside returns an object with names that nobody has; see Spare. Where objects
	// take names from one another in a ring, one of them is altered in two steps:
	// from before to this, and from this to after.
	Aside(before, after *Object) *Object
}

// Owns adds a kind that no option makes, such as the kinds that whimbrel itself
// has. Its name is what kind says: PLUGIN.NOUN for a plugin, and operations are
// called PLUGIN.VERB_NOUN. A name without a dot is for built-in kinds; their
// operations are called VERB_NOUN.
func Owns(kind Kind, owner func(*Work) Owner) Part {
	return func(d *definition) {
		if owner == nil {
			wrong("kind %s: Owns has no function: give it one that returns the owner of a pass", kind.Name)
		}
		d.own(kind, allVerbs, answers{owner: owner})
	}
}

// Blocks adds blocks and arguments as they are, for a kind of Owns. Those that have texts in
// SQL take reads = [...] too: what these depend on besides what is found in them.
func Blocks(options ...Option) Part {
	return func(d *definition) {
		for _, o := range options {
			d.manifest.Options = append(d.manifest.Options, reading(o))
		}
	}
}

// ByOwner is the handling of an option whose objects have an Owner.
func ByOwner[T any](owner func(*Work) Owner) Handling[T] {
	return Handling[T]{verbs: allVerbs, owner: owner}
}

var allVerbs = []string{"create", "alter", "drop"}

// work answers the changes of a kind that has an owner.
func work(ctx context.Context, pass Pass, kind string, owner func(*Work) Owner, result *Result) error {
	w := newWork(pass)
	own := owner(w)
	aside := ringsOf(own, w, kind)
	for change := range Changes(pass, kind) {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.answer(own, change, aside[change.Address()])
	}
	result.Operations = append(result.Operations, w.result.Operations...)
	result.Facts = append(result.Facts, w.result.Facts...)
	result.Questions = append(result.Questions, w.result.Questions...)
	result.Diagnostics = append(result.Diagnostics, w.result.Diagnostics...)
	return w.err
}

// answer has an owner answer one change, in two steps if it has to step aside.
func (w *Work) answer(own Owner, change detect.Change, aside bool) {
	w.mustGo = change.MustGo
	switch {
	case change.Before == nil:
		own.Create(change.After)
	case change.After == nil:
		own.Drop(change.Before)
	case aside && !divided(change.Address().Kind()):
		w.stepAside(own, change)
	default:
		start := len(w.result.Operations)
		own.Alter(change.Before, change.After, change.Replace)
		if !w.offerAside(own, change, start) && aside {
			w.result.Operations = w.result.Operations[:start]
			w.stepAside(own, change)
		}
	}
}

// divided reports whether the changes of a kind may come in several passes, as those of
// plugins do: then a ring is not seen in all of them, and the autodetector has to find it.
func divided(kind string) bool {
	_, plugin := detect.Plugin(kind)
	return plugin
}
