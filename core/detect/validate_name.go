package detect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// identifier is what the model language takes for a word.
var identifier = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`) })

// renamedFrom is an argument of every block that stands by itself.
const renamedFrom = "renamed_from"

// called says what is wrong with how an argument is called, behind others.
func (i *inspection) called(before []Attr, a Attr, outermost bool) string {
	switch {
	case !identifier().MatchString(a.Name):
		return unwritable(a.Name)
	case slices.ContainsFunc(before, func(b Attr) bool { return b.Name == a.Name }):
		return "stands twice"
	case i.option.Alone() && outermost && a.Name == renamedFrom:
		return "has the name of an argument that every block that stands by itself has already"
	case i.option.Labelled && outermost && a.Name == renamedFrom:
		return "has the name of the argument that says under which label a block was before, and this block has a label"
	}
	return ""
}

// names checks how a plugin calls itself and what it owns.
func (v *validator) names(m *Manifest) {
	if !identifier().MatchString(m.Name) {
		v.wrong(codeName, m, "the plugin "+unwritable(m.Name))
	}
	if !manifestVersion().MatchString(m.Version) {
		v.wrong(codeVersion, m, fmt.Sprintf("the plugin has the version %q, which is none such as 1.4.0 or 2.0.0-rc.1", m.Version))
	}
	for _, kind := range m.Kinds {
		v.kindName(m, "kind", kind.Name)
	}
	for _, kind := range m.Emits {
		v.kindName(m, "operation", kind)
	}
	v.twice(m, "the operation", m.Emits)
	v.facts(m)
}

// kindName checks the name of a kind of objects or operations: PLUGIN.NAME, or
// NAME for what is built in.
func (v *validator) kindName(m *Manifest, what, name string) {
	plugin, noun, prefixed := strings.Cut(name, ".")
	if !prefixed {
		plugin, noun = m.Name, name
	}
	if plugin != m.Name || !identifier().MatchString(noun) {
		v.wrong(codeName, m, fmt.Sprintf("the %s %q does not begin with %q, or has no name behind it", what, name, m.Name+"."))
	}
}

// unwritable says that a name cannot be written.
func unwritable(name string) string {
	return fmt.Sprintf("cannot be called %q: a name has letters, digits and underscores, and a letter first", name)
}

// twice reports names that stand twice in a list.
func (v *validator) twice(m *Manifest, what string, names []string) {
	for i, name := range names {
		if slices.Index(names, name) < i {
			v.wrong(codeName, m, fmt.Sprintf("%s %s stands twice", what, name))
		}
	}
}
