package resolve

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// settled returns a reading with the text that the history knows of the object, if
// it says the same as the new one: blanks, comments and capitals make no migration.
// A body in another language than SQL is kept as it is written, but for what is
// around it. Of a text with rows that functions give, an earlier program knew less: it
// stays what it was read as.
func (l *loader) settled(t sqlText, reading state.Reading, rows bool) state.Reading {
	before := l.readBefore(t)
	if len(before) == 0 {
		return reading
	}
	now, ok := l.canonical(t, textOf(reading))
	if !ok {
		return reading
	}
	refs := textOf(reading).Refs()
	for _, r := range before {
		text := l.moved(textOf(r))
		if slices.ContainsFunc(text.Refs(), func(a address.Address) bool { return !slices.Contains(refs, a) }) {
			continue // what it names has another address today
		}
		if then, known := l.canonical(t, text); known && then == now && (string(r.Columns) == string(reading.Columns) || rows && knewLess(r.Columns, reading.Columns)) {
			if encoded, err := state.Encode(text); err == nil {
				reading.Text, reading.Columns = encoded, r.Columns
			}
			return reading
		}
	}
	return reading
}

// knewLess reports whether columns are the same but for types, or all of them, that were
// not known.
func knewLess(then, now json.RawMessage) bool {
	if then == nil {
		return true
	}
	var was, is []kinds.Column
	if json.Unmarshal(then, &was) != nil || json.Unmarshal(now, &is) != nil {
		return false
	}
	return slices.EqualFunc(was, is, func(a, b kinds.Column) bool { return a.Name == b.Name && (a.Type == "" || a.Type == b.Type) })
}

// readBefore returns what the texts of the object were read as, and then those of the
// model that it is part of: a check may have another label, or none.
func (l *loader) readBefore(t sqlText) []state.Reading {
	var all []state.Reading
	for _, a := range []address.Address{t.about, t.part} {
		if o := l.before().Get(a); o != nil {
			all = append(all, o.Readings...)
		}
	}
	if t.model != nil {
		for _, o := range l.before().Children(t.model.addr) {
			all = append(all, o.Readings...)
		}
	}
	return all
}

// before returns the state of the migrations with the addresses that its objects
// have in the models, as far as these say so.
func (l *loader) before() *state.State {
	if l.was != nil || l.tree.Known == nil {
		return l.was
	}
	var possible []state.Rename
	for _, r := range l.renames {
		taken := slices.ContainsFunc(possible, func(other state.Rename) bool { return other.From == r.From || other.To == r.To })
		if !taken && l.tree.Known.Has(r.From) && !l.tree.Known.Has(r.To) {
			possible = append(possible, r)
		}
	}
	l.was, l.move = l.tree.Known, func(a address.Address) address.Address { return a }
	if len(possible) > 0 {
		b := state.NewBuilder(l.tree.Known)
		if err := b.Apply(state.Edit{Rename: possible}); err == nil {
			l.was, l.move = b.Build(), state.Mover(l.tree.Known, possible)
		}
	}
	return l.was
}

// moved returns a text of the migrations with the addresses of today.
func (l *loader) moved(t sqltext.Text) sqltext.Text {
	parts := slices.Clone(t.Parts)
	for i, p := range parts {
		if p.IsHole() {
			parts[i].Ref = l.move(p.Ref)
		}
	}
	return sqltext.New(parts...)
}

// canonical returns the one form of what a text says, with the names of today.
func (l *loader) canonical(t sqlText, text sqltext.Text) (string, bool) {
	written, err := text.Plain().Render(func(a address.Address, form sqltext.Form) (string, error) { return l.databaseName(a, form), nil })
	switch {
	case err != nil:
		return "", false
	case t.late():
		return strings.TrimSpace(written), true
	case t.kind == detect.SQLExpression:
		written, err = l.tree.Parser.CanonicalExpression(written)
	default:
		written, err = l.tree.Parser.Canonical(written)
	}
	return written, err == nil
}
