package autodetector

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// relabelled reports whether a labelled option of a plugin has another label than before
// and may be called by it in the database. Its attributes need not differ then, and nobody
// but its owner knows what the label is in. What stands by itself and says what it is
// called has no other name.
func (w *work) relabelled(o *state.Object) bool {
	if len(w.was) == 0 || w.before(o.Address).Name() == o.Address.Name() {
		return false
	}
	_, plugin := detect.Plugin(o.Address.Kind())
	return plugin && w.labelled(o.Address.Kind()) && (!o.Parent.IsZero() || !w.named(o))
}

// labelled reports whether an option makes objects of a kind, each with its label.
func (r *run) labelled(kind string) bool {
	i, known := r.owners.byKind[kind]
	return known && slices.ContainsFunc(r.owners.detectors[i].Manifest().Options, func(o detect.Option) bool {
		return o.Kind == kind && o.Labelled
	})
}

// named reports whether an object says itself what it is called in the database.
func (r *run) named(o *state.Object) bool {
	attrs, _ := state.Decode[map[string]any](o) // what cannot be read names nothing
	return slices.ContainsFunc(r.owners.kinds[o.Address.Kind()].Attrs.Attrs, func(a detect.Attr) bool {
		return a.Names != "" && a.Names != string(detect.NamesSchema) && attrs[a.Name] != nil
	})
}

// renamed returns the renames that were made in a part of the old state: of whatever
// its objects are, are part of or refer to.
func (r *run) renamed(s *state.State) []state.Rename {
	if len(r.was) == 0 {
		return nil
	}
	mentioned := map[address.Address]bool{}
	for o := range s.Unordered() {
		mentioned[o.Address] = true
		for _, a := range references(o) {
			mentioned[a] = true
		}
	}
	var list []state.Rename
	for _, a := range sortedKeys(mentioned) {
		if was := r.before(a); was != a {
			list = append(list, state.Rename{From: was, To: a})
		}
	}
	return list
}
