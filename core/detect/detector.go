// Package detect holds what a detector is: a constant manifest and one pure
// function over a pass.
//
// Built-in detectors, plugins linked into the program and plugins that run as
// processes are all Detectors; the autodetector cannot tell them apart. A
// detector sees states, its own changes and facts, and answers with operations.
// It sees no database, no file and no other detector.
package detect

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Detector turns changes of the kinds that it owns into operations.
type Detector interface {
	// Manifest returns a description that never changes. Callers do not modify it.
	Manifest() *Manifest
	// Detect returns what has to be done for the changes of a pass. It is a pure
	// function: equal passes give equal results, and calls may run at once. An
	// error means that the detector failed; what is wrong with the user's models
	// is a diagnostic in the result.
	Detect(ctx context.Context, pass Pass) (Result, error)
}

// A Pass is one detector's view of one run.
type Pass struct {
	// From and To hold at least the changed objects with their parents, children
	// and everything they refer to, what else the detector owns on the same models,
	// and what the manifest reads. Renames are made in From already.
	From, To *state.State
	// Renamed are the renames that are made in From: of every address that its objects
	// have or speak of and that was another one before, by the new one.
	Renamed []state.Rename
	// Changes are those of the kinds that the detector owns, by address.
	Changes []Change
	// Facts are those that the manifest consumes, by name, then by subject.
	Facts []Fact
	// Observed are the operations of other detectors whose kinds the manifest
	// observes, by target, then by kind. They are there in the second and last
	// round only: a detector that observes something is asked again once all
	// detectors have answered, and its second answer counts. In it, operations
	// without edits may have the target of an observed one.
	Observed []operation.Operation
	// Config is the plugin's configuration in the project file, as canonical JSON.
	Config json.RawMessage
}

// A Change is a changed object.
type Change struct {
	state.Change
	// Replace: the object has to be dropped and made again, even if Before and
	// After are equal, because something that it depends on is altered.
	Replace bool
	// MustGo, with Replace: something that the object refers to, or is part of, is
	// itself dropped and made again. An object of which that is not so may stay where
	// it is, if neither PostgreSQL nor its own SQL minds the change.
	MustGo bool
}

// A Result is a detector's answer to a pass. The order of its parts has no meaning.
type Result struct {
	Operations  []operation.Operation
	Facts       []Fact
	Questions   []Question
	Diagnostics diag.List
}

// A Question is something that only the user knows. It is asked once; the answer
// comes as a Fact with the question's name and subject in the next pass, which
// then has to do without the question.
type Question struct {
	Name    string `json:"name"`    // "default"
	Subject string `json:"subject"` // the address that it is about
	Text    string `json:"text"`    // one sentence that ends in a question mark
	Why     string `json:"why"`
	// Flag is the argument of "make" that answers it, with a placeholder in
	// capitals: "--default shop.book.rating=VALUE".
	Flag string `json:"flag"`
}

// A Fact is a finding that one detector shares with others.
type Fact struct {
	Name    string          `json:"name"`
	Subject string          `json:"subject"` // what it is about, usually an address
	Value   json.RawMessage `json:"value"`
}
