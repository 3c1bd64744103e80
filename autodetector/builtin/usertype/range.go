package usertype

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// RangeName returns the name of a range.
func RangeName(r model.Range) Name { return Name{Schema: r.Schema, Name: r.Name} }

// MultirangeName returns the name of the type of several ranges.
func MultirangeName(r model.Range) Name { return Name{Schema: r.Schema, Name: r.Multirange} }

// CreateRange returns the statements that make a range and its multirange.
func CreateRange(at sdk.Moment, r model.Range) []string {
	list := []string{"subtype = " + at.Type(r.Subtype)}
	add := func(word, text string) {
		if text != "" {
			list = append(list, word+" = "+text)
		}
	}
	add("subtype_opclass", path(r.Opclass))
	add("collation", path(r.Collation))
	add("canonical", path(r.Canonical))
	add("subtype_diff", path(r.Diff))
	add("multirange_type_name", MultirangeName(r).SQL())
	name := RangeName(r).SQL()
	texts := []string{"CREATE TYPE " + name + " AS RANGE (" + strings.Join(list, ", ") + ")"}
	if r.Comment != "" {
		texts = append(texts, sdk.Comment("TYPE "+name, r.Comment))
	}
	return texts
}

// path returns a name, with that of a schema before a dot, as SQL.
func path(text string) string {
	if text == "" {
		return ""
	}
	names := strings.Split(text, ".")
	for i, name := range names {
		names[i] = address.Quote(name)
	}
	return strings.Join(names, ".")
}

// MoveRange returns the statements that give a range and its multirange other names or
// another schema, with the functions that make values of them: those keep their names
// otherwise. The type of the bounds is given as SQL.
func MoveRange(from, to model.Range, subtype string) []string {
	was, is := RangeName(from), RangeName(to)
	several, then := MultirangeName(from), MultirangeName(to)
	var texts []string
	for _, arguments := range []string{subtype + ", " + subtype, subtype + ", " + subtype + ", text"} {
		texts = append(texts, was.moveFunction(is, arguments)...)
	}
	for _, arguments := range []string{"", was.SQL(), was.SQL() + "[]"} {
		texts = append(texts, several.moveFunction(then, arguments)...)
	}
	return append(append(texts, was.Move(is)...), several.Move(then)...)
}

// moveFunction returns the statements that give a function of the name of a type that
// of the type's new name.
func (n Name) moveFunction(to Name, arguments string) []string {
	var texts []string
	if n.Schema != to.Schema {
		texts = append(texts, "ALTER FUNCTION "+n.SQL()+"("+arguments+") SET SCHEMA "+address.Quote(to.Schema))
	}
	if n.Name != to.Name {
		texts = append(texts, "ALTER FUNCTION "+Name{to.Schema, n.Name}.SQL()+"("+arguments+") RENAME TO "+address.Quote(to.Name))
	}
	return texts
}

// OldRange returns a range under the names that it has while it is exchanged.
func OldRange(r model.Range) model.Range {
	r.Name, r.Multirange = RangeName(r).old().Name, MultirangeName(r).old().Name
	return r
}
