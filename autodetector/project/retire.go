package project

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// retire finds the plugins whose objects are in a state though the project does
// not enable them any more. Those of this program are asked nevertheless, to drop
// the objects. What another one has made stays, because nobody else knows how
// to change it, and a warning says so, unless the plugin is being given up.
func (p *Project) retire(from *state.State) diag.List {
	count := map[string]int{}
	for o := range from.Unordered() {
		if name, owned := detect.Plugin(o.Address.Kind()); owned && detectorOf(p.plugins.host.Detectors(), name) == nil {
			count[name]++
		}
	}
	p.plugins.retired = nil
	var found diag.List
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if own := detectorOf(p.options.Linked, name); own != nil {
			p.plugins.retired = append(p.plugins.retired, own)
			continue
		}
		if name != p.options.Retire {
			found = append(found, orphaned(name, count[name]))
		}
	}
	return found
}

func orphaned(name string, count int) diag.Diagnostic {
	objects := fmt.Sprintf("%d objects", count)
	if count == 1 {
		objects = "1 object"
	}
	return diag.Diagnostic{
		Severity: diag.Warning,
		Code:     "WH0140",
		Summary:  fmt.Sprintf("plugin %q is not enabled: what it made stays as it is (%s)", name, objects),
		Detail:   "What is in the way of a change is dropped and made again by the SQL of the migrations.",
		Next:     "to have all of it dropped, run: whimbrel plugin remove " + diag.ShellWord(name),
	}
}

// inUse returns the error for a plugin that is given up while the models use it.
func (p *Project) inUse(declaration source.Declaration) error {
	var places []string
	first := diag.Diagnostic{}
	for o := range declaration.State.All() {
		place, written := declaration.Places[o.Address]
		if owner, _ := detect.Plugin(o.Address.Kind()); p.options.Retire == "" || owner != p.options.Retire || !written || place.IsZero() {
			continue
		}
		places = append(places, place.String()+": "+detect.Called(o.Address))
		if first.Range.IsZero() {
			first.Range, first.Address = place, o.Address.String()
		}
	}
	if len(places) == 0 {
		return nil
	}
	first.Code, first.Summary = "WH0141", fmt.Sprintf("plugin %q is in use, so it cannot be removed", p.options.Retire)
	first.Detail = "The models have options of it:\n" + strings.Join(places, "\n")
	first.Next = "take them out of the models, then run again: whimbrel plugin remove " + p.options.Retire
	return first
}
