package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// retire finds the plugins whose objects are in a state though the project does
// not enable them any more. Those of this program are asked nevertheless, to drop
// the objects. What another one has made stays, because nobody else knows how
// to drop it, and a warning says so.
func (w *workspace) retire(from *state.State) diag.List {
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
		found = append(found, orphaned(name, count[name]))
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
		Summary:  fmt.Sprintf("plugin %q is not enabled: what it made stays as it is (%s)", name, plural(count, "object")),
		Detail:   "Only the plugin knows how to change or drop it.",
		Next:     fmt.Sprintf("to have it dropped, put plugin %q back, without its options in the models, and run: whimbrel make", name),
	}
}
