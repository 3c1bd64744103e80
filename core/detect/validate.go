package detect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Validate checks manifests, each by itself and against one another: one owner for
// each kind and for each option at a place, one producer for each fact, no ring of
// facts. What it finds names every plugin concerned. It needs no plugin to run.
func Validate(manifests []*Manifest) diag.List {
	return ValidateAt(manifests, func(string) diag.Range { return diag.Range{} })
}

// ValidateAt is Validate with the places of the plugins in the project file, for
// messages. Plugins that are not there have the zero place.
func ValidateAt(manifests []*Manifest, place func(plugin string) diag.Range) diag.List {
	v := newValidator(place)
	v.meet(manifests)
	v.all(manifests)
	v.rings(manifests)
	return v.found.Sorted()
}

// ValidateAlone checks a manifest by itself. What others own is taken for granted.
func ValidateAlone(m *Manifest) diag.List {
	v := newValidator(func(string) diag.Range { return diag.Range{} })
	v.present[m.Name] = true
	v.all([]*Manifest{m})
	return v.found.Sorted()
}

func newValidator(place func(plugin string) diag.Range) *validator {
	return &validator{owner: map[string]string{}, emitted: map[string]bool{}, present: map[string]bool{}, place: place}
}

type validator struct {
	owner   map[string]string // "kind x", "option x on model" or "fact x" -> plugin
	emitted map[string]bool   // kinds of operations
	place   func(plugin string) diag.Range
	found   diag.List

	present map[string]bool // plugins
	builtin bool            // so are built-in kinds
}

// all checks manifests: first who owns what, then what they say.
func (v *validator) all(manifests []*Manifest) {
	for _, m := range manifests {
		v.manifest(m)
	}
	for _, m := range manifests {
		v.names(m)
		v.kinds(m)
		v.looksAt(m)
		v.docs(m)
		v.queries(m)
		v.faults(m, Configuration, m.Config.ConfigFaults())
		for _, o := range m.Options {
			v.option(m, o)
		}
		for _, i := range m.Implications {
			v.implication(m, i)
		}
	}
}

func (v *validator) manifest(m *Manifest) {
	for _, kind := range m.Emits {
		v.emitted[kind] = true
	}
	for _, kind := range m.Kinds {
		v.claim("kind "+kind.Name, m)
		v.claimSlot(m, kind)
	}
	for _, option := range m.Options {
		v.claim(fmt.Sprintf("option %s on %s", option.Name, option.On.Article()), m)
		if !slices.ContainsFunc(m.Kinds, func(k Kind) bool { return k.Name == option.Kind }) {
			v.reportForeign(m, option)
		}
		if option.Inherited && option.On != OnModel {
			v.reportInherited(m, option)
		}
	}
	for _, fact := range m.Produces {
		v.claim("fact "+fact, m)
	}
}

func (v *validator) claim(what string, m *Manifest) {
	other, taken := v.owner[what]
	if !taken {
		v.owner[what] = m.Name
		return
	}
	if other == m.Name {
		v.wrong(codeName, m, what+" stands twice")
		return
	}
	names := []string{other, m.Name}
	slices.Sort(names)
	at, where := v.places(names)
	v.found = append(v.found, diag.Diagnostic{
		Code:    "WH4001",
		Summary: fmt.Sprintf("the plugins %q and %q both own the %s", names[0], names[1], what),
		Range:   at,
		Detail:  "What a plugin owns has one owner only, or nobody could tell whose turn it is." + where,
		Next:    "take one of the two plugins out of whimbrel.hcl",
	})
}

// places returns the place of the last of some plugins, and lines with those of all.
func (v *validator) places(plugins []string) (at diag.Range, lines string) {
	for _, name := range plugins {
		place := v.place(name)
		if place.IsZero() {
			continue
		}
		lines += fmt.Sprintf("\n%s: plugin %q", place, name)
		if place.Start.Line > at.Start.Line {
			at = place
		}
	}
	return at, lines
}

func (v *validator) reportForeign(m *Manifest, option Option) {
	v.found = append(v.found, diag.Diagnostic{
		Code:    "WH4002",
		Summary: fmt.Sprintf("option %s of plugin %q makes objects of kind %s, which the plugin does not own", option.Name, m.Name, option.Kind),
		Detail:  "The kind of an option has to be among the kinds of the same manifest.",
		Next:    fmt.Sprintf("report it to the author of %s %s", m.Name, m.Version),
	})
}

func (v *validator) reportInherited(m *Manifest, option Option) {
	v.found = append(v.found, diag.Diagnostic{
		Code:    "WH4004",
		Summary: fmt.Sprintf("option %s of plugin %q is for %s and cannot be inherited", option.Name, m.Name, option.On.Article()),
		Detail:  "What stands in an app or at the top of the project file is the default of models.",
		Next:    fmt.Sprintf("report it to the author of %s %s", m.Name, m.Version),
	})
}

// rings finds plugins that wait for each other's facts.
func (v *validator) rings(manifests []*Manifest) {
	waits := map[string][]string{}
	for _, m := range manifests {
		for _, fact := range m.Consumes {
			if producer := v.owner["fact "+fact]; producer != "" && producer != m.Name {
				waits[m.Name] = append(waits[m.Name], producer)
			}
		}
	}
	reported := map[string]bool{}
	for _, m := range manifests {
		if ring := ringFrom(m.Name, waits); ring != nil && !reported[ring[0]] {
			for _, name := range ring {
				reported[name] = true
			}
			v.reportRing(ring)
		}
	}
}

// ringFrom returns the names on a way from a plugin back to itself, or nil.
func ringFrom(start string, waits map[string][]string) []string {
	seen := map[string]bool{}
	var walk func(at string, path []string) []string
	walk = func(at string, path []string) []string {
		for _, next := range waits[at] {
			if next == start {
				return path
			}
			if !seen[next] {
				seen[next] = true
				if ring := walk(next, append(slices.Clone(path), next)); ring != nil {
					return ring
				}
			}
		}
		return nil
	}
	return walk(start, []string{start})
}

func (v *validator) reportRing(ring []string) {
	at, where := v.places(ring)
	v.found = append(v.found, diag.Diagnostic{
		Code:    "WH4003",
		Summary: "plugins wait for one another's facts: " + strings.Join(append(slices.Clone(ring), ring[0]), " waits for "),
		Range:   at,
		Detail:  "Facts flow in one direction, from the plugin that produces one to those that consume it." + where,
		Next:    "take one of these plugins out of whimbrel.hcl",
	})
}
