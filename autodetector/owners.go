package autodetector

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// owners finds the detector of a kind.
type owners struct {
	detectors []detect.Detector
	byKind    map[string]int
	kinds     map[string]detect.Kind
	rank      map[string]int // place of a kind among the kinds
	versioned bool           // a kind has a version
	builtin   int            // how many detectors are whimbrel's own; they come first
}

func newOwners(detectors, plugins []detect.Detector) owners {
	byName := slices.SortedStableFunc(slices.Values(plugins), func(a, b detect.Detector) int {
		return cmp.Compare(a.Manifest().Name, b.Manifest().Name)
	})
	o := owners{builtin: len(detectors), detectors: slices.Concat(detectors, byName), byKind: map[string]int{}, kinds: map[string]detect.Kind{}, rank: map[string]int{}}
	for i, d := range o.detectors {
		for _, kind := range d.Manifest().Kinds {
			o.byKind[kind.Name] = i
			o.kinds[kind.Name] = kind
			o.rank[kind.Name] = len(o.rank)
			o.versioned = o.versioned || kind.Version != 0
		}
	}
	return o
}

// of returns the name of the owner of a kind: "triggers" for
// "triggers.audit_trigger" even if that plugin is not there.
func (o owners) of(kind string) string {
	if i, ok := o.byKind[kind]; ok {
		return o.detectors[i].Manifest().Name
	}
	if plugin, ok := detect.Plugin(kind); ok {
		return plugin
	}
	return kind
}

// blamed says whose mistake it is when a detector does wrong: its own, or whimbrel's.
func (o owners) blamed(detector string) (whose, author string) {
	for _, d := range o.detectors[:o.builtin] {
		if d.Manifest().Name == detector {
			return "in whimbrel itself", "whimbrel, with the models and migrations that show it"
		}
	}
	return "in the detector", fmt.Sprintf("the author of %q", detector)
}

// consumes reports whether the owner of a kind consumes a fact.
func (o owners) consumes(kind, fact string) bool {
	i, known := o.byKind[kind]
	return known && slices.Contains(o.detectors[i].Manifest().Consumes, fact)
}

// isMember reports whether objects of a kind are what those of another one consist of.
func (o owners) isMember(kind string) bool {
	for _, k := range o.kinds {
		if len(k.Members) > 0 && (k.Name == kind || slices.Contains(k.Members, kind)) {
			return true
		}
	}
	return false
}
