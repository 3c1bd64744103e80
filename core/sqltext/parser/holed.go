package parser

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Holed returns a text with holes for the names that were found in it. A name
// before which that of a schema can stand becomes a qualified hole, with what
// stands there; quotes go into the hole. Where a hole would touch what any name
// in it could become one with, as in "name"FROM, there is a blank more.
func Holed(text string, a *Analysis) sqltext.Text {
	return Spelt(text, a, nil)
}

// Spelt returns the text as Holed does, with holes that keep how a name is written where it
// is not filled in so.
func Spelt(text string, a *Analysis, filled func(address.Address, sqltext.Form) string) sqltext.Text {
	var parts []sqltext.Part
	at := 0
	for _, name := range a.Names {
		from, form := name.Begin, sqltext.Name
		switch {
		case name.Literal:
			form = sqltext.InString
		case name.Qualifiable:
			from, form = name.From, sqltext.Qualified
		}
		if from < at || name.End > len(text) {
			continue
		}
		parts = append(parts, sqltext.Literal(text[at:from]))
		if from > 0 && touches(text[from-1], '&') {
			parts = append(parts, sqltext.Literal(" "))
		}
		parts = append(parts, spelt(sqltext.Hole(form, name.Object), text[from:name.End], filled))
		if at = name.End; at < len(text) && touches(text[at], '\'') {
			parts = append(parts, sqltext.Literal(" "))
		}
	}
	return sqltext.New(append(parts, sqltext.Literal(text[at:]))...)
}

// touches reports whether a character beside a name could be read as part of it,
// or make another token of it.
func touches(c, other byte) bool {
	return c == '"' || c == '$' || c == other || sqltext.IsWordByte(c)
}

// spelt returns a hole that keeps how its name is written, if that is another way than it is
// filled in.
func spelt(hole sqltext.Part, written string, filled func(address.Address, sqltext.Form) string) sqltext.Part {
	if filled == nil {
		return hole
	}
	if name := filled(hole.Ref, hole.Form); name != written {
		hole.Written, hole.While = written, name
	}
	return hole
}
