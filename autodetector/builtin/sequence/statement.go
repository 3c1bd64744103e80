package sequence

import (
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(s attrs) string { return sdk.Qualified(s.Schema, s.Name) }

func keys(s attrs) []string { return []string{sdk.Name("relation", s.Schema, s.Name)} }

func create(s attrs) []string {
	text := "CREATE SEQUENCE " + name(s)
	for _, clause := range created(s) {
		text += " " + clause
	}
	if s.Comment == "" {
		return []string{text}
	}
	return []string{text, sdk.Comment("SEQUENCE "+name(s), s.Comment)}
}

// alter returns the changes but for those of name, schema and owner.
func alter(from, to attrs) []string {
	var texts []string
	if list := clauses(from, to); len(list) > 0 {
		text := "ALTER SEQUENCE " + name(to)
		for _, clause := range list {
			text += " " + clause
		}
		texts = append(texts, text)
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("SEQUENCE "+name(to), to.Comment))
	}
	return texts
}

// clauses returns what is different, in the order of PostgreSQL's manual. Bounds
// follow the type and the direction where they are not written, and the start
// follows the bounds.
func clauses(from, to attrs) []string {
	var list []string
	if from.Type != to.Type {
		list = append(list, "AS "+or(to.Type, "bigint"))
	}
	list = append(list, number("INCREMENT BY ", "INCREMENT BY 1", from.Increment, to.Increment)...)
	turned := turns(from, to)
	list = append(list, bound("MINVALUE", from.Min, to.Min, turned)...)
	list = append(list, bound("MAXVALUE", from.Max, to.Max, turned)...)
	if first(from) != first(to) {
		list = append(list, "START WITH "+first(to))
	}
	list = append(list, number("CACHE ", "CACHE 1", from.Cache, to.Cache)...)
	if from.Cycle != to.Cycle {
		list = append(list, map[bool]string{true: "CYCLE", false: "NO CYCLE"}[to.Cycle])
	}
	if turned {
		list = append(list, "RESTART")
	}
	return list
}

// created returns the clauses of a new sequence.
func created(s attrs) []string {
	list := clauses(attrs{Increment: s.Increment}, s)
	if s.Increment != nil {
		list = slices.Insert(list, min(len(list), typed(s)), "INCREMENT BY "+strconv.FormatInt(*s.Increment, 10))
	}
	return list
}

// typed returns how many clauses the type has.
func typed(s attrs) int {
	if s.Type == "" {
		return 0
	}
	return 1
}

// turns reports whether a sequence goes the other way. Where it has come to is out of
// the new bounds then, unless it begins anew.
func turns(from, to attrs) bool { return downwards(from) != downwards(to) }

func downwards(s attrs) bool { return s.Increment != nil && *s.Increment < 0 }

// bound returns the clause of a bound. One that is not written depends on the
// direction, but PostgreSQL keeps the one that it has.
func bound(word string, from, to *int64, turned bool) []string {
	if turned && to == nil {
		return []string{"NO " + word}
	}
	return number(word+" ", "NO "+word, from, to)
}

// number returns the clause of a number, or of none, where it is another one.
func number(clause, none string, from, to *int64) []string {
	switch {
	case to == nil && from == nil, to != nil && from != nil && *to == *from:
		return nil
	case to == nil:
		return []string{none}
	}
	return []string{clause + strconv.FormatInt(*to, 10)}
}

// first returns the number that a sequence starts with.
func first(s attrs) string {
	down := downwards(s)
	switch {
	case s.Start != nil:
		return strconv.FormatInt(*s.Start, 10)
	case down && s.Max != nil:
		return strconv.FormatInt(*s.Max, 10)
	case down:
		return "-1"
	case s.Min != nil:
		return strconv.FormatInt(*s.Min, 10)
	}
	return "1"
}

// move returns the statements that give a sequence another schema and name.
func move(from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER SEQUENCE "+name(from)+" SET SCHEMA "+sdk.Ident(to.Schema))
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER SEQUENCE "+sdk.Qualified(to.Schema, from.Name)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}

func ownedBy(m sdk.Moment, s attrs) string {
	return "ALTER SEQUENCE " + name(s) + " OWNED BY " + owner(m, s)
}

func owner(m sdk.Moment, s attrs) string {
	if s.OwnedBy == nil {
		return "NONE"
	}
	return m.Table(m.Find(s.OwnedBy.Address).Parent) + "." + m.Column(s.OwnedBy.Address)
}

// positionLost: a sequence that is made again begins anew.
func positionLost(o *sdk.Object, s attrs, down bool) sdk.Hazard {
	return sdk.Hazard{
		Code: operation.DataLoss, Object: o.Address, Down: down,
		Text:  "the position of sequence " + name(s) + " is lost",
		Probe: "SELECT is_called FROM " + name(s),
	}
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
