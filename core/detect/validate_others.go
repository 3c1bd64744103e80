package detect

import (
	"fmt"
	"slices"
	"strings"
)

// The codes of what is said of kinds and operations that nobody has.
const (
	codeNoKind      = "WH4082"
	codeNoOperation = "WH4094"
	codeImplication = "WH4095"
)

// parentSibling is the word in Siblings for the name of the parent.
const parentSibling = "parent"

// looksAt checks that the kinds and operations are there that a plugin looks at.
func (v *validator) looksAt(m *Manifest) {
	for _, kind := range m.Reads {
		v.needsKind(m, "the plugin reads", kind)
	}
	for _, kind := range m.Kinds {
		for _, sibling := range kind.Siblings {
			if noun, _, _ := strings.Cut(sibling, " "); noun != parentSibling {
				v.needsKind(m, "kind "+kind.Name+" depends on its siblings of kind", noun)
			}
		}
		for _, member := range kind.Members {
			v.needsKind(m, "kind "+kind.Name+" has members of kind", member)
		}
	}
	for _, operation := range m.Observes {
		if slices.Contains(m.Emits, operation) {
			v.wrong(codeNoOperation, m, fmt.Sprintf("the plugin reacts to %s, an operation of its own", operation))
		}
		if !kindLike(operation) || !v.emits(operation) {
			v.wrong(codeNoOperation, m, fmt.Sprintf("the plugin reacts to %s, an operation that nobody emits", operation))
		}
	}
	if m.Locality != PerModel && m.Locality != Whole {
		v.wrong(codeWord, m, fmt.Sprintf("the plugin has the locality %q, which there is not: it is %s or nothing", m.Locality, Whole))
	}
}

func (v *validator) needsKind(m *Manifest, does, kind string) {
	if !kindLike(kind) || !v.knows(kind) {
		v.wrong(codeNoKind, m, fmt.Sprintf("%s %s, which is no kind", does, kind))
	}
}

// kindLike reports whether a text can be the kind of an object or of an operation.
func kindLike(text string) bool {
	plugin, noun, prefixed := strings.Cut(text, ".")
	return identifier().MatchString(plugin) && (!prefixed || identifier().MatchString(noun))
}

// knows reports whether there is a kind, as far as can be told: those of plugins
// that are not there are taken for granted.
func (v *validator) knows(kind string) bool {
	return v.owner["kind "+kind] != "" || v.elsewhere(kind)
}

// emits reports whether somebody emits operations of a kind, as far as can be told.
func (v *validator) emits(operation string) bool {
	return v.emitted[operation] || v.elsewhere(operation)
}

// elsewhere reports whether a kind of objects or operations would be that of a plugin
// that is not there.
func (v *validator) elsewhere(kind string) bool {
	owner, prefixed := Plugin(kind)
	return prefixed && !v.present[owner] || !prefixed && !v.builtin
}

// meet notes which plugins are there.
func (v *validator) meet(manifests []*Manifest) {
	for _, m := range manifests {
		v.present[m.Name] = true
		v.builtin = v.builtin || slices.ContainsFunc(m.Kinds, func(k Kind) bool { return !strings.Contains(k.Name, ".") })
	}
}

// implication checks what is said of an object that others imply.
func (v *validator) implication(m *Manifest, i Implication) {
	by := len(i.ByTypes) + len(i.ByCalls) + len(i.ByOpclass) + len(i.ByMethods)
	switch {
	case !v.knows(i.Kind):
		v.wrong(codeNoKind, m, fmt.Sprintf("an object of kind %s is implied, which is no kind", i.Kind))
	case len(i.Names) == 0 || slices.Contains(i.Names, ""):
		v.wrong(codeImplication, m, fmt.Sprintf("an object of kind %s is implied that has no name", i.Kind))
	case by == 0 && i.ByKind == "":
		v.wrong(codeImplication, m, fmt.Sprintf("an object of kind %s is implied by nothing", i.Kind))
	case i.ByKind != "" && !v.knows(i.ByKind):
		v.wrong(codeNoKind, m, fmt.Sprintf("an object of kind %s is implied by a %s, which is no kind", i.Kind, i.ByKind))
	}
}

// consumes reports whether a plugin consumes a fact.
func consumes(m *Manifest, fact string) bool { return slices.Contains(m.Consumes, fact) }
