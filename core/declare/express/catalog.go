package express

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A catalog is what manifests say about how objects are written.
type catalog struct {
	options map[optionKey]*detect.Option
	kinds   map[string]detect.Kind
	rank    map[string]int // of kinds, as their owners stand
	types   map[string]bool
}

// An optionKey is what an object is and what it stands in.
type optionKey struct {
	kind string
	on   detect.Place
}

func newCatalog(manifests []*detect.Manifest) catalog {
	c := catalog{options: map[optionKey]*detect.Option{}, kinds: map[string]detect.Kind{}, rank: map[string]int{}, types: map[string]bool{}}
	for _, m := range manifests {
		for _, kind := range m.Kinds {
			c.kinds[kind.Name], c.rank[kind.Name] = kind, len(c.rank)
		}
		for i := range m.Options {
			o := &m.Options[i]
			c.options[optionKey{o.Kind, o.On}] = o
		}
		for _, n := range m.Implications {
			for _, name := range n.ByTypes {
				c.types[name] = true
			}
		}
	}
	return c
}

// option returns how objects of a kind are written at a place, or nil.
func (c catalog) option(kind string, on detect.Place) *detect.Option {
	return c.options[optionKey{kind, on}]
}

// alone returns how objects of a kind are written that stand by themselves, or nil.
func (c catalog) alone(kind string) *detect.Option {
	if o := c.option(kind, detect.OnApp); o != nil {
		return o
	}
	return c.option(kind, detect.OnProject)
}

// written reports whether objects of a kind are written in model files.
func (c catalog) written(kind string) bool {
	switch kind {
	case kinds.ModelKind, kinds.FieldKind, kinds.IndexKind, kinds.ConstraintKind:
		return true
	}
	places := []detect.Place{detect.OnProject, detect.OnApp, detect.OnModel, detect.OnField}
	return slices.ContainsFunc(places, func(on detect.Place) bool { return c.option(kind, on) != nil })
}

// compareKinds orders kinds as their owners stand: types, models, what is made of
// them.
func (c catalog) compareKinds(a, b string) int {
	return cmp.Or(cmp.Compare(c.rank[a], c.rank[b]), cmp.Compare(a, b))
}
