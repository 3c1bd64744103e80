package publication

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A member is a table or a schema in a publication.
type member struct {
	of   any    // what it is, whatever it is called
	word string // TABLE or TABLES IN SCHEMA
	name string
	rest string // its columns and rows
}

// members returns the tables and schemas in a publication, those first.
func (p attrs) members(at sdk.Moment) []member {
	var list []member
	for _, ref := range p.Models {
		list = append(list, member{of: part{Model: ref}, word: "TABLE ", name: at.Table(ref.Address)})
	}
	for _, one := range p.Parts {
		list = append(list, member{of: one, word: "TABLE ", name: at.Table(one.Model.Address), rest: one.rest(at)})
	}
	for _, name := range p.Schemas {
		list = append(list, member{of: name, word: "TABLES IN SCHEMA ", name: sdk.Ident(name)})
	}
	return list
}

// rest returns the columns and rows behind the name of a table.
func (p part) rest(at sdk.Moment) string {
	text := ""
	if len(p.Columns) > 0 {
		text += " (" + at.Columns(p.Columns) + ")"
	}
	if p.Where != nil {
		text += " WHERE (" + at.SQL(*p.Where) + ")"
	}
	return text
}

// difference returns the members of a list that are not in another one.
func difference(list, other []member) []member {
	return slices.DeleteFunc(slices.Clone(list), func(m member) bool {
		return slices.ContainsFunc(other, func(o member) bool { return sdk.Same(m.of, o.of) })
	})
}

// bare returns members by their names alone.
func bare(list []member) []member {
	named := slices.Clone(list)
	for i := range named {
		named[i].rest = ""
	}
	return named
}

// clauses returns members as they stand behind FOR, ADD and DROP.
func clauses(list []member) string {
	texts := make([]string, len(list))
	for i, m := range list {
		texts[i] = m.word + m.name + m.rest
	}
	return strings.Join(texts, ", ")
}

// models returns the models in a publication, each as often as it stands there.
func (p attrs) models() []address.Ref {
	list := slices.Clone(p.Models)
	for _, one := range p.Parts {
		list = append(list, one.Model)
	}
	return list
}
