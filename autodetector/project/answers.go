package project

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Answers are given to the autodetector's questions beforehand, as they are typed.
type Answers struct {
	Renames  []string // OLD=NEW: it was renamed; OLD= : it is dropped
	Defaults []string // FIELD=VALUE, for the rows that are there
	Usings   []string // FIELD=EXPRESSION, for values whose type changes; FIELD= : they are given up
}

// None reports whether no answer was given.
func (a Answers) None() bool {
	return len(a.Renames) == 0 && len(a.Defaults) == 0 && len(a.Usings) == 0
}

// renames returns the answers about renames, OLD and NEW.
func (a Answers) renames() [][2]string {
	var all [][2]string
	for _, text := range a.Renames {
		if old, name, ok := cutAnswer(text); ok && old != "" {
			all = append(all, [2]string{old, name})
		}
	}
	return all
}

// parse returns the answers for the autodetector, values checked against the
// fields of the wanted state.
func (a Answers) parse(wanted *state.State) (autodetector.Answers, error) {
	var parsed autodetector.Answers
	for _, text := range a.Renames {
		old, name, ok := cutAnswer(text)
		if !ok || old == "" {
			return parsed, ArgumentError{fmt.Sprintf("--rename %s: want OLD=NEW, or OLD= if it is dropped", text)}
		}
		parsed.Renames = append(parsed.Renames, autodetector.RenameAnswer{Old: old, New: name})
	}
	for _, text := range a.Defaults {
		field, value, ok := cutAnswer(text)
		if !ok || field == "" || value == "" {
			return parsed, ArgumentError{fmt.Sprintf("--default %s: want FIELD=VALUE", text)}
		}
		node, found := ParseValue(value, "--default "+field, fieldAt(autodetector.Default, field, wanted), wanted)
		if found.HasErrors() {
			return parsed, found
		}
		parsed.Defaults = append(parsed.Defaults, autodetector.DefaultAnswer{Field: field, Value: node})
	}
	for _, text := range a.Usings {
		field, value, ok := cutAnswer(text)
		if !ok || field == "" {
			return parsed, ArgumentError{fmt.Sprintf("--using %s: want FIELD=EXPRESSION, or FIELD= to give the values up", text)}
		}
		node, found := ParseConversion(value, "--using "+field, fieldAt(autodetector.Using, field, wanted))
		if found.HasErrors() {
			return parsed, found
		}
		parsed.Usings = append(parsed.Usings, autodetector.UsingAnswer{Field: field, Value: node})
	}
	return parsed, nil
}

// ParseConversion reads what values of a field become; nothing: they are given up.
// Messages say where it stands.
func ParseConversion(text, where string, field address.Address) (expression.Node, diag.List) {
	if strings.TrimSpace(text) == "" {
		return expression.Node{Kind: expression.Null}, nil
	}
	return hcl.ParseConversion(text, where, field)
}

// ParseValue reads a value of the model language for a field of a state. Messages
// say where it stands.
func ParseValue(text, where string, field address.Address, in *state.State) (expression.Node, diag.List) {
	return hcl.ParseValue(text, hcl.At(where), hcl.For(field, in, detect.ManifestsOf(builtin.Detectors()...)...))
}

// cutAnswer divides OLD=NEW at the first sign of equality outside double quotes,
// in which the names of a path can stand.
func cutAnswer(text string) (before, after string, ok bool) {
	quoted := false
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '=' && !quoted:
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

// fieldAt returns the address of the object that a path names, with or without its
// app, of a kind that can be asked a question; zero if there is none, which the
// autodetector reports.
func fieldAt(question, path string, wanted *state.State) address.Address {
	defaulted := kindsWhere(func(m *detect.Manifest, _ detect.Kind) bool { return slices.Contains(m.Consumes, question) })
	for o := range wanted.All() {
		_, short, _ := strings.Cut(o.Address.Path(), ".")
		if defaulted[o.Address.Kind()] && (path == o.Address.Path() || path == short) {
			return o.Address
		}
	}
	return address.Address{}
}

// kindsWhere returns the built-in kinds of which something holds.
func kindsWhere(holds func(*detect.Manifest, detect.Kind) bool) map[string]bool {
	found := map[string]bool{}
	for _, d := range builtin.Detectors() {
		for _, kind := range d.Manifest().Kinds {
			if holds(d.Manifest(), kind) {
				found[kind.Name] = true
			}
		}
	}
	return found
}
