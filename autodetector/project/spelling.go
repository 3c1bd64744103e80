package project

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Spelling is how the bodies of functions that a database has write names. What is made
// of the models by a program writes the schemas of tables in them; what was there before
// the program came comes back as it was. The zero Spelling is none.
type Spelling map[address.Address]*state.Object

// newSpelling finds the objects of models that a database has, by the statements that make
// both, and keeps those of the database.
func newSpelling(models, database []operation.Operation, there *state.State) Spelling {
	made := map[string]*state.Object{}
	for _, op := range database {
		if o := there.Get(op.Target); o != nil && isSpelt(o.Attrs) {
			made[strings.Join(statementsOf(op), "\n")] = o
		}
	}
	found := Spelling{}
	for _, op := range models {
		if o := made[strings.Join(statementsOf(op), "\n")]; o != nil {
			found[op.Target] = o
		}
	}
	return found
}

// isSpelt reports whether attributes may have a text that keeps how names are written.
func isSpelt(attrs json.RawMessage) bool { return bytes.Contains(attrs, []byte(`"written":`)) }

// of returns a state with the texts of new objects as they are written.
func (s Spelling) of(wanted, from *state.State) *state.State {
	b := state.NewBuilder(wanted)
	for a, as := range s {
		if o := wanted.Get(a); o != nil && !from.Has(a) {
			_ = b.Apply(state.Put(respelt(o, as))) // a put always fits
		}
	}
	return b.Build()
}

// plain returns a state whose texts do not keep how names are written.
func plain(s *state.State) *state.State {
	b := state.NewBuilder(s)
	for o := range s.All() {
		if isSpelt(o.Attrs) {
			_ = b.Apply(state.Put(retexted(o, func(_ string, t sqltext.Text) sqltext.Text { return t.Plain() })))
		}
	}
	return b.Build()
}

// respelt returns an object with its texts, and what they were read as, written as those of
// another one.
func respelt(o, as *state.Object) *state.Object {
	var other map[string]json.RawMessage
	if json.Unmarshal(as.Attrs, &other) != nil {
		return o
	}
	return retexted(o, func(attr string, t sqltext.Text) sqltext.Text {
		var written sqltext.Text
		if json.Unmarshal(other[attr], &written) != nil {
			return t
		}
		spelt, _ := t.Spelt(written)
		return spelt
	})
}

// retexted returns an object with other texts, in its attributes and in what they were read
// as.
func retexted(o *state.Object, change func(attr string, t sqltext.Text) sqltext.Text) *state.Object {
	var attrs map[string]json.RawMessage
	if json.Unmarshal(o.Attrs, &attrs) != nil {
		return o
	}
	is := *o
	is.Readings = append([]state.Reading(nil), o.Readings...)
	for name, value := range attrs {
		var text sqltext.Text
		if !bytes.HasPrefix(value, []byte(`{"sql":`)) || json.Unmarshal(value, &text) != nil {
			continue
		}
		encoded, err := state.Encode(change(name, text))
		if err != nil {
			continue // text always encodes
		}
		attrs[name] = encoded
		for i, r := range is.Readings {
			if bytes.Equal(r.Text, value) {
				is.Readings[i].Text = encoded
			}
		}
	}
	if encoded, err := state.Encode(attrs); err == nil {
		is.Attrs = encoded
	}
	return &is
}
