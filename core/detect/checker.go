package detect

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Checker is a detector that looks at the wanted state alone, whether something has
// changed or not: one whose manifest has Checks.
type Checker interface {
	// Check returns what is to be said of the wanted state: errors stop, warnings and
	// notes are told. Each is about an object, by its Address, and may be about an
	// Argument of it; its place is found by whoever asked. It is a pure function as
	// Detect is. An error means that the detector failed.
	Check(ctx context.Context, wanted Wanted) (diag.List, error)
}

// Wanted is what a Checker is shown.
type Wanted struct {
	// State holds every object of the kinds that the manifest reads or owns, with what
	// these are part of.
	State *state.State
	// Config is the plugin's configuration in the project file, as canonical JSON.
	Config json.RawMessage
}

// AsChecker returns a detector as a Checker, or what it is wrapped around by a method
// Unwrap. It is not ok if its manifest has no Checks, or neither is one.
func AsChecker(d Detector) (checker Checker, ok bool) {
	for d != nil && d.Manifest().Checks {
		if checker, ok = d.(Checker); ok {
			return checker, true
		}
		wrapper, wraps := d.(interface{ Unwrap() Detector })
		if !wraps {
			break
		}
		d = wrapper.Unwrap()
	}
	return nil, false
}

// Wants returns the part of a wanted state that a Checker is shown.
func (m *Manifest) Wants(s *state.State) *state.State {
	kept := map[address.Address]*state.Object{}
	for o := range s.Unordered() {
		if !m.looksAt(o.Address.Kind()) {
			continue
		}
		for ; o != nil && kept[o.Address] == nil; o = s.Get(o.Parent) {
			kept[o.Address] = o
		}
	}
	objects := make([]*state.Object, 0, len(kept))
	for _, o := range kept {
		objects = append(objects, o)
	}
	return state.New(objects...)
}

func (m *Manifest) looksAt(kind string) bool {
	return slices.Contains(m.Reads, kind) || slices.ContainsFunc(m.Kinds, func(k Kind) bool { return k.Name == kind })
}

// CheckFindings returns what is wrong with the answer of a Checker, as Check does with
// that to a pass.
func CheckFindings(m *Manifest, found diag.List) diag.List {
	c := checker{manifest: m}
	if c.size(len(found), MaxDiagnostics, "diagnostics") {
		c.diagnostics(found)
	}
	for _, d := range found {
		if d.Fix != nil && len(d.Fix.Text)+len(d.Fix.Object)+len(d.Fix.Argument) > MaxText {
			c.reject("WH4052", brief(d.Address), "suggests an edit of more than %d bytes", MaxText)
		}
	}
	return c.found
}
