package detect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// kinds checks what a manifest says of its kinds.
func (v *validator) kinds(m *Manifest) {
	for _, kind := range m.Kinds {
		attrs := m.attrs(kind.Name)
		for _, a := range kind.Attrs.Attrs {
			attrs[a.Name] = a
		}
		for _, name := range kind.Naming {
			if _, known := attrs[name]; len(attrs) > 0 && !known {
				v.wrong("WH4083", m, fmt.Sprintf("kind %s is named by %s, which no option has", kind.Name, name))
			}
		}
		if kind.Type != nil {
			v.typeKind(m, kind, attrs)
		}
	}
}

func (v *validator) typeKind(m *Manifest, kind Kind, attrs map[string]Attr) {
	if (kind.Type.Values == "") == (kind.Type.Base == "") {
		v.wrong("WH4085", m, fmt.Sprintf("kind %s is a type, and says not one of values and base", kind.Name))
	}
	for name, want := range map[string]AttrType{kind.Type.Values: TypeStrings, kind.Type.Base: TypeType} {
		if name != "" && attrs[name].Type != want {
			v.wrong("WH4083", m, fmt.Sprintf("kind %s is a type by %s, which no option has as a %s", kind.Name, name, want))
		}
	}
}

// wrong reports a mistake in a manifest.
func (v *validator) wrong(code string, m *Manifest, what string) {
	at, _ := v.places([]string{m.Name})
	v.found = append(v.found, diag.Diagnostic{
		Code:    code,
		Summary: fmt.Sprintf("plugin %q: %s", m.Name, what),
		Detail:  "A manifest is checked before anything is asked of its plugin. This is a mistake in the plugin, not in the models.",
		Next:    fmt.Sprintf("report it to the author of %s %s", m.Name, m.Version),
		Range:   at,
	})
}

// knows reports whether there is a kind, as far as can be told: those of plugins
// that are not there are taken for granted.
func (v *validator) knows(kind string) bool {
	if v.owner["kind "+kind] != "" {
		return true
	}
	owner, _, prefixed := strings.Cut(kind, ".")
	return prefixed && !v.present[owner] || !prefixed && !v.builtin
}

// meet notes which plugins are there.
func (v *validator) meet(manifests []*Manifest) {
	v.present = map[string]bool{}
	for _, m := range manifests {
		v.present[m.Name] = true
		v.builtin = v.builtin || slices.ContainsFunc(m.Kinds, func(k Kind) bool { return !strings.Contains(k.Name, ".") })
	}
}

// ValidateAbilities returns what the manifest of a detector says that the detector
// cannot do.
func ValidateAbilities(d Detector) diag.List {
	v := validator{place: func(string) diag.Range { return diag.Range{} }}
	m := d.Manifest()
	if _, able := AsJudge(d); able {
		return nil
	}
	for _, kind := range m.Kinds {
		if kind.Likeness == Judged {
			v.wrong("WH4086", m, fmt.Sprintf("the likeness of kind %s is judged, and nothing judges it", kind.Name))
		}
	}
	return v.found
}
