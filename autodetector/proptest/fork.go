package proptest

import (
	"slices"

	"pgregory.net/rapid"
)

// Fork draws a project and two that it could become in branches: in each, a model comes,
// or in one a field comes, goes or changes, or what is written beside the fields.
func Fork(t *rapid.T) (base, left, right Project) {
	base = Draw(t, "first")
	base.Enums, base.Tops = nil, nil
	for _, name := range enumNames {
		base.Enums = append(base.Enums, Enum{Name: name, Values: values})
	}
	base = keyable(base.sound())
	return base, fork(t, "left", base), fork(t, "right", base)
}

func fork(t *rapid.T, label string, from Project) Project {
	g := generator{t: t, label: label + " step"}
	fresh := Draw(t, label)
	p := Project{Enums: from.Enums, Types: from.Types, Models: slices.Clone(from.Models)}
	with := rapid.SampledFrom(fresh.Models).Draw(t, label+" model")
	if !slices.ContainsFunc(p.Models, func(m Model) bool { return m.Name == with.Name }) {
		p.Models = append(p.Models, with)
	} else {
		i := rapid.IntRange(0, len(p.Models)-1).Draw(t, label+" index")
		p.Models[i] = g.step(p.Models[i], with)
	}
	return stillAudited(from, keyable(p.sound()))
}

// step draws a model that is one but for one thing, which another one has.
func (g generator) step(m, other Model) Model {
	f := rapid.SampledFrom(other.Fields).Draw(g.t, g.label+" field")
	i := slices.IndexFunc(m.Fields, func(n Field) bool { return n.Name == f.Name })
	m.Fields = slices.Clone(m.Fields)
	switch {
	case g.chance(20):
		m.Blocks = other.Blocks
	case g.chance(15):
		m.Comment, m.Options = other.Comment, other.Options
	case i < 0:
		m.Fields = append(m.Fields, f)
	case g.chance(50):
		m.Fields[i] = f
	case len(m.Fields) > 2:
		m.Fields = slices.Delete(m.Fields, i, i+1)
	}
	return m
}
