package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// retire finds the plugins whose objects are in a state though the project does
// not enable them any more. Those of this program are asked nevertheless, to drop
// the objects. What another one has made stays, because nobody else knows how
// to change it, and a warning says so, unless the plugin is being given up.
func (w *workspace) retire(from *state.State, given string) diag.List {
	count := map[string]int{}
	for o := range from.Unordered() {
		if name, _, owned := strings.Cut(o.Address.Kind(), "."); owned && !listed(w.host.Detectors(), name) {
			count[name]++
		}
	}
	var found diag.List
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if own := detectorOf(firstParty(), name); own != nil {
			w.retired = append(w.retired, own)
			continue
		}
		if name != given {
			found = append(found, orphaned(name, count[name]))
		}
	}
	return found
}

func listed(detectors []detect.Detector, name string) bool { return detectorOf(detectors, name) != nil }

// detectorOf returns the detector of a plugin, or nil.
func detectorOf(detectors []detect.Detector, name string) detect.Detector {
	for _, d := range detectors {
		if d.Manifest().Name == name {
			return d
		}
	}
	return nil
}

func orphaned(name string, count int) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: diag.Warning,
		Code:     "WH0140",
		Summary:  fmt.Sprintf("plugin %q is not enabled: what it made stays as it is (%s)", name, output.Plural(count, "object")),
		Detail:   "What is in the way of a change is dropped and made again by the SQL of the migrations.",
		Next:     fmt.Sprintf("to have all of it dropped, run: whimbrel plugin remove %s", shellWord(name)),
	}
}

// makings returns how objects were made, as far as the migrations say. They are
// replayed for it when it is needed.
func (p *planning) makings() func(address.Address) (migration.Making, error) {
	known := sync.OnceValues(func() (*migration.Makings, error) {
		return migration.NewMakings(p.history.graph, func(kind string) bool { return strings.Contains(kind, ".") })
	})
	return func(a address.Address) (migration.Making, error) {
		makings, err := known()
		if err != nil {
			return migration.Making{}, err
		}
		return makings.Of(a)
	}
}
