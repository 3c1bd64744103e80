package detect

import (
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// likenesses are when two objects may be one that was renamed.
var likenesses = []Likeness{Never, Asked, Sure, Judged}

// kinds checks what a manifest says of its kinds.
func (v *validator) kinds(m *Manifest) {
	for _, kind := range m.Kinds {
		attrs := m.attrs(kind.Name)
		for _, a := range kind.Attrs.Attrs {
			attrs[a.Name] = a
		}
		for _, name := range kind.Naming {
			if _, known := attrs[name]; !known && (len(attrs) > 0 || m.makes(kind.Name)) {
				v.wrong(codeLeads, m, fmt.Sprintf("kind %s is named by %s, which no option has", kind.Name, name))
			}
		}
		if kind.Type != nil {
			v.typeKind(m, kind, attrs)
		}
		v.kind(m, kind)
		v.kindOfBlocks(m, kind)
		v.slot(m, kind)
	}
}

func (v *validator) kind(m *Manifest, kind Kind) {
	if !slices.Contains(likenesses, kind.Likeness) {
		v.wrong(codeWord, m, fmt.Sprintf("kind %s has the likeness %q, which there is not: the likenesses are %s", kind.Name, kind.Likeness, joined(likenesses[1:])))
	}
	if kind.Version < 0 || kind.Rendering < 0 {
		v.wrong(codeValue, m, fmt.Sprintf("kind %s has version %d and rendering %d, which begin with 0", kind.Name, kind.Version, kind.Rendering))
	}
}

// kindOfBlocks checks what is said of a kind for the place of the options that make it.
func (v *validator) kindOfBlocks(m *Manifest, kind Kind) {
	for _, o := range m.Options {
		if o.Kind != kind.Name {
			continue
		}
		if kind.Likeness != Never && !o.Labelled {
			v.wrong(codeSetting, m, fmt.Sprintf("kind %s has the likeness %s, and option %s has no label under which it could come back", kind.Name, kind.Likeness, o.Name))
		}
		if o.Alone() && len(kind.Siblings) > 0 {
			v.wrong(codeSetting, m, fmt.Sprintf("kind %s depends on its siblings (%s), and its blocks stand by themselves", kind.Name, joined(kind.Siblings)))
		}
		if kind.Type != nil && o.On != OnApp {
			v.wrong(codeSetting, m, fmt.Sprintf("kind %s is a type, and fields can have those of an app only, not of %s", kind.Name, o.On.Article()))
		}
	}
}

func (v *validator) typeKind(m *Manifest, kind Kind, attrs map[string]Attr) {
	said := slices.DeleteFunc([]string{kind.Type.Values, kind.Type.Base, kind.Type.Parts, kind.Type.Bounds}, func(name string) bool { return name == "" })
	if len(said) != 1 {
		v.wrong("WH4085", m, fmt.Sprintf("kind %s is a type, and says not one of values, base, parts and bounds", kind.Name))
	}
	wanted := map[string]AttrType{
		kind.Type.Values: TypeStrings, kind.Type.Base: TypeType, kind.Type.Parts: TypeBlocks, kind.Type.Bounds: TypeType, kind.Type.Several: TypeString, kind.Type.Order: TypeString,
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if want := wanted[name]; name != "" && attrs[name].Type != want {
			v.wrong(codeLeads, m, fmt.Sprintf("kind %s is a type by %s, which no option has as a %s", kind.Name, name, want))
		}
	}
}

// makes reports whether an option makes objects of a kind.
func (m *Manifest) makes(kind string) bool {
	return slices.ContainsFunc(m.Options, func(o Option) bool { return o.Kind == kind })
}

// wrong reports a mistake in a manifest.
func (v *validator) wrong(code string, m *Manifest, what string) {
	at, _ := v.places([]string{m.Name})
	v.found = append(v.found, diag.Diagnostic{
		Code:    code,
		Summary: fmt.Sprintf("plugin %q: %s", m.Name, what),
		Detail:  detailOf(code),
		Next:    fmt.Sprintf("report it to the author of %s %s", m.Name, m.Version),
		Range:   at,
	})
}

// ValidateAbilities returns what the manifest of a detector says that the detector
// cannot do.
func ValidateAbilities(d Detector) diag.List {
	v := newValidator(func(string) diag.Range { return diag.Range{} })
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
