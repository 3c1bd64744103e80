package parser

import "github.com/whimbreldb/whimbrel/core/sqltext"

// Holed returns a text with holes for the names that were found in it. A name
// before which that of a schema can stand becomes a qualified hole, with what
// stands there; quotes go into the hole.
func Holed(text string, a *Analysis) sqltext.Text {
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
		parts = append(parts, sqltext.Literal(text[at:from]), sqltext.Hole(form, name.Object))
		at = name.End
	}
	return sqltext.New(append(parts, sqltext.Literal(text[at:]))...)
}
