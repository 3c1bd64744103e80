package proptest

import (
	"slices"

	"pgregory.net/rapid"
)

// Change draws a project that another one could become: parts of it are kept,
// changed, renamed and dropped, and new ones come.
func Change(t *rapid.T, from Project) Project {
	g := generator{t: t, label: "second"}
	fresh := Draw(t, "second")
	if g.chance(15) {
		return stillAudited(from, fresh) // nothing is kept but what is equal by chance
	}
	p := Project{Enums: g.enums(from.Enums, fresh.Enums), Types: g.changedTops(from.Types, fresh.Types), Tops: g.changedTops(from.Tops, fresh.Tops)}
	for _, m := range from.Models {
		if i := slices.IndexFunc(fresh.Models, func(n Model) bool { return n.Name == m.Name }); i >= 0 {
			p.Models = append(p.Models, g.changed(m, fresh.Models[i]))
			continue
		}
		if g.chance(70) {
			p.Models = append(p.Models, m)
		}
	}
	for _, m := range fresh.Models {
		if !slices.ContainsFunc(p.Models, func(n Model) bool { return n.Name == m.Name }) && g.chance(50) {
			p.Models = append(p.Models, m)
		}
	}
	if len(p.Models) == 0 {
		p.Models = fresh.Models
	}
	return stillAudited(from, keyable(p.sound()))
}

func (g generator) enums(from, fresh []Enum) []Enum {
	var kept []Enum
	for _, e := range from {
		if g.chance(80) {
			kept = append(kept, e)
		}
	}
	for _, e := range fresh {
		i := slices.IndexFunc(kept, func(k Enum) bool { return k.Name == e.Name })
		switch {
		case i < 0:
			kept = append(kept, e)
		case g.chance(50):
			kept[i] = e
		}
	}
	return kept
}

// changed draws a model between two of one name: each field, block and option
// from the one or the other.
func (g generator) changed(from, to Model) Model {
	m := Model{Name: from.Name, Table: from.Table, Comment: from.Comment, Options: from.Options}
	if g.chance(30) {
		m.Table = to.Table
	}
	if g.chance(30) {
		m.Comment, m.Options = to.Comment, to.Options
	}
	for _, f := range from.Fields {
		i := slices.IndexFunc(to.Fields, func(n Field) bool { return n.Name == f.Name })
		switch {
		case i >= 0 && g.chance(50):
			m.Fields = append(m.Fields, to.Fields[i])
		case g.chance(85):
			m.Fields = append(m.Fields, f)
		}
	}
	for _, f := range to.Fields {
		if !slices.ContainsFunc(m.Fields, func(n Field) bool { return n.Name == f.Name }) && g.chance(50) {
			m.Fields = append(m.Fields, f)
		}
	}
	if len(m.Fields) == 0 {
		return to
	}
	m.Blocks = blocks(from, to, g.chance(50))
	return m
}

func blocks(from, to Model, turned bool) []Block {
	if turned {
		return to.Blocks
	}
	return from.Blocks
}

// stillAudited keeps the audit log declared if it was: it outlives the last model
// that is audited, which a database made at once could not show.
func stillAudited(from, to Project) Project {
	if isAudited(from) && !isAudited(to) {
		to.Models[0].Options = []string{audited}
	}
	return to
}

func isAudited(p Project) bool {
	return slices.ContainsFunc(p.Models, func(m Model) bool { return slices.Contains(m.Options, audited) })
}
