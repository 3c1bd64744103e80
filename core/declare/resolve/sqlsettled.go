package resolve

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// settled returns a reading with the text that the history knows of the object, if
// it says the same as the new one: blanks, comments and capitals make no migration.
// A body is kept as it is written.
func (l *loader) settled(t sqlText, reading state.Reading) state.Reading {
	before := l.tree.Known.Get(t.about)
	if before == nil || t.kind == detect.SQLBody || len(before.Readings) == 0 {
		return reading
	}
	now, ok := l.canonical(t.kind, reading)
	for _, r := range before.Readings {
		if then, known := l.canonical(t.kind, r); ok && known && then == now && string(r.Columns) == string(reading.Columns) {
			reading.Text = r.Text
		}
	}
	return reading
}

// canonical returns the one form of what a reading says, with the names of today.
func (l *loader) canonical(kind detect.SQL, r state.Reading) (string, bool) {
	var t sqltext.Text
	if err := json.Unmarshal(r.Text, &t); err != nil {
		return "", false
	}
	text, err := t.Render(func(a address.Address, form sqltext.Form) (string, error) { return l.databaseName(a, form), nil })
	if err != nil {
		return "", false
	}
	form := l.tree.Parser.Canonical
	if kind == detect.SQLExpression {
		form = l.tree.Parser.CanonicalExpression
	}
	canonical, err := form(text)
	return canonical, err == nil
}
