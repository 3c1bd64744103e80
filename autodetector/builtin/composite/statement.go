package composite

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(c model.Composite) usertype.Name { return usertype.CompositeName(c) }

// keys are the names of a composite in the database: to PostgreSQL it is a relation too.
func keys(c model.Composite) []string {
	return append(name(c).Keys(), operation.Name("relation", c.Schema, c.Name))
}

// alter returns the statement that makes other attributes of those that are there.
func alter(at sdk.Moment, of usertype.Name, from, to []model.Attribute) []string {
	var actions []string
	for _, a := range without(from, to) {
		actions = append(actions, "DROP ATTRIBUTE "+address.Quote(a.Label))
	}
	for _, a := range retyped(from, to) {
		actions = append(actions, "ALTER ATTRIBUTE "+address.Quote(a.Label)+" TYPE "+usertype.AttributeType(at, a))
	}
	for _, a := range without(to, from) {
		actions = append(actions, "ADD ATTRIBUTE "+address.Quote(a.Label)+" "+usertype.AttributeType(at, a))
	}
	if len(actions) == 0 {
		return nil
	}
	return []string{"ALTER TYPE " + of.SQL() + " " + strings.Join(actions, ", ")}
}

// renames returns the statements that rename attributes, and those that take it back.
func (p plan) renames(of usertype.Name) (up, down []string) {
	for _, r := range p.steps() {
		up = append(up, rename(of, r[0], r[1]))
		down = append(down, rename(of, r[1], r[0]))
	}
	slices.Reverse(down)
	return up, down
}

func rename(of usertype.Name, from, to string) string {
	return "ALTER TYPE " + of.SQL() + " RENAME ATTRIBUTE " + address.Quote(from) + " TO " + address.Quote(to)
}

// summary says what becomes of the attributes.
func (p plan) summary() string {
	text := ""
	for _, r := range p.renamed {
		text += ": rename " + r[0] + " to " + r[1]
	}
	var parts []string
	for _, part := range []struct {
		word string
		list []model.Attribute
	}{{"add", without(p.after, p.before)}, {"drop", without(p.before, p.after)}, {"alter", retyped(p.before, p.after)}} {
		for _, a := range part.list {
			parts = append(parts, part.word+" "+a.Label)
		}
	}
	switch {
	case len(parts) > 0:
		text += ": " + strings.Join(parts, ", ")
	case !inPlace(p.before, p.after, false):
		text += ": change the order of the attributes"
	}
	return text
}
