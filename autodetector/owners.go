package autodetector

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// owners finds the detector of a kind.
type owners struct {
	detectors []detect.Detector // built-in ones first, then plugins by name
	byKind    map[string]int
	kinds     map[string]detect.Kind
	rank      map[string]int // place of a kind among the kinds
	versioned bool           // a kind has a version
}

func newOwners(detectors []detect.Detector) owners {
	o := owners{detectors: slices.Clone(detectors), byKind: map[string]int{}, kinds: map[string]detect.Kind{}, rank: map[string]int{}}
	slices.SortStableFunc(o.detectors, compareDetectors)
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

// compareDetectors keeps built-in detectors as they are and sorts plugins, whose
// kinds have the plugin's name as a prefix, behind them.
func compareDetectors(a, b detect.Detector) int {
	plugin := func(d detect.Detector) int {
		for _, kind := range d.Manifest().Kinds {
			if strings.Contains(kind.Name, ".") {
				return 1
			}
		}
		return 0
	}
	pa, pb := plugin(a), plugin(b)
	if pa == 0 && pb == 0 {
		return 0
	}
	return cmp.Or(cmp.Compare(pa, pb), cmp.Compare(a.Manifest().Name, b.Manifest().Name))
}

// of returns the name of the owner of a kind: "triggers" for
// "triggers.audit_trigger" even if that plugin is not there.
func (o owners) of(kind string) string {
	if i, ok := o.byKind[kind]; ok {
		return o.detectors[i].Manifest().Name
	}
	name, _, _ := strings.Cut(kind, ".")
	return name
}
