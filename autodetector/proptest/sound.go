package proptest

import (
	"regexp"
	"slices"
	"strings"
)

// sound takes out of a project what does not hold together any more: relations
// to models and types that are gone, defaults that an enum has no longer, blocks
// over fields that are gone or have another type.
func (p Project) sound() Project {
	for i, m := range p.Models {
		m.Fields = slices.Clone(m.Fields)
		for j, f := range m.Fields {
			m.Fields[j] = p.soundField(f)
		}
		m.Blocks = slices.DeleteFunc(slices.Clone(m.Blocks), func(b Block) bool { return !m.holds(b) })
		m.Keyed = false
		p.Models[i] = m
	}
	p.distinct()
	p.Tops = slices.DeleteFunc(slices.Clone(p.Tops), func(t Top) bool { return !p.soundTop(t) })
	return p
}

var relation = regexp.MustCompile(`^(?:foreign_key|one_to_one|many_to_many)\((.*)\)$`)

func (p Project) soundField(f Field) Field {
	if found := relation.FindStringSubmatch(f.Type); found != nil {
		if !slices.ContainsFunc(p.Models, func(m Model) bool { return m.Name == found[1] }) {
			return Field{Name: f.Name, Type: "integer", Rest: []string{"null = true"}}
		}
		return f
	}
	if declared := strings.TrimSuffix(strings.TrimPrefix(f.Type, "array("), ")"); isTypeName(declared) {
		if !slices.ContainsFunc(p.Types, func(t Top) bool { return t.Label == declared }) {
			return Field{Name: f.Name, Type: "text", Rest: []string{"null = true"}}
		}
		return f
	}
	if !slices.Contains(enumNames, f.Type) {
		return f
	}
	i := slices.IndexFunc(p.Enums, func(e Enum) bool { return e.Name == f.Type })
	if i < 0 {
		return Field{Name: f.Name, Type: "text", Rest: []string{"null = true"}}
	}
	f.Rest = slices.DeleteFunc(slices.Clone(f.Rest), func(line string) bool { return strings.HasPrefix(line, "default") })
	return f
}

// isTypeName reports whether a name is that of a domain, composite or range.
func isTypeName(name string) bool {
	for _, names := range typeNames {
		if slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// holds reports whether all that a block is over is there with a type that it
// was drawn for. Literals are kept simple by asking for the same sort of type.
func (m Model) holds(b Block) bool {
	text := strings.Join(b.Lines, " ")
	for _, name := range fieldNames {
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(text) {
			continue
		}
		i := slices.IndexFunc(m.Fields, func(f Field) bool { return f.Name == name })
		if i < 0 || !m.Fields[i].suits(text) {
			return false
		}
	}
	return true
}

// suits reports whether a field can stand in a block: its type is ordered, and
// where there is a literal or a function, it is plain keys only that any such
// type has.
func (f Field) suits(text string) bool {
	plain := !strings.ContainsAny(text, "><!") && !strings.Contains(text, "md5")
	for _, s := range sorts {
		if s.name == f.Type {
			return s.ordered && plain
		}
	}
	return false
}
