// Package autodetector turns two states into a plan of migrations.
//
// The way of the data, a file for each step:
//
//	prepare.go   the wanted state is completed
//	rename.go    renames are decided and made in the old state
//	detect.go    every detector answers its changes with operations
//	order.go     operations are ordered by what they need (edges.go)
//	reduce.go    parts are folded into what creates or drops the whole
//	verify.go    the plan is replayed and proven
//	split.go     it is cut into migrations
//
// Nothing here connects to a database, reads a file or knows a kind of objects.
package autodetector

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Input is all that a plan depends on.
type Input struct {
	// From is the state that the migrations so far lead to.
	From *state.State
	// Declaration holds the wanted state.
	Declaration source.Declaration
	// Detectors are the built-in ones first, in the order of their kinds in a
	// migration, then the plugins'. The order of plugins has no effect.
	Detectors []detect.Detector
	// Configs are the configurations of plugins by name, as canonical JSON.
	Configs map[string]json.RawMessage
	// Match judges whether an object may be another one renamed.
	Match Match
	// Answers are given beforehand; Questioner is asked for the rest. Without
	// one, an open question is a diagnostic that names the flag to give.
	Answers    Answers
	Questioner Questioner
}

// A Plan is a sequence of migrations to write. It is empty if nothing changed.
type Plan struct {
	Steps []Step
}

// A Step is one migration of a plan.
type Step struct {
	App        string
	Operations []operation.Operation
	// After are indexes of earlier steps that it builds on, besides the step
	// before it of the same app.
	After []int
	// Reads are other apps whose newest migration before this plan it builds on.
	Reads []string
}

// Run makes the plan. What the user has to mend is in the diagnostics; with an
// error among them there is no plan. An error means that a detector failed or
// that whimbrel is wrong; it names the detector.
func Run(ctx context.Context, in Input) (Plan, diag.List, error) {
	r := &run{in: in, from: in.From, to: in.Declaration.State}
	for _, step := range []func(context.Context) error{
		r.prepare, r.rename, r.detect, r.order, r.reduce, r.verify, r.split,
	} {
		if err := step(ctx); err != nil {
			return Plan{}, r.diagnostics.Sorted(), err
		}
		if r.diagnostics.HasErrors() || r.unchanged {
			return Plan{}, r.diagnostics.Sorted(), nil
		}
	}
	return r.plan, r.diagnostics.Sorted(), nil
}

// A run is the work in progress: each step reads what the ones before it left.
type run struct {
	in          Input
	diagnostics diag.List

	unchanged  bool         // there is nothing to do
	from, to   *state.State // from: with renames made, after that step
	original   *state.State // from before the renames
	facts      []detect.Fact
	owners     owners
	renameOps  []operation.Operation
	operations []operation.Operation
	links      []link // between operations, by index
	plan       Plan
}

func (r *run) report(d diag.Diagnostic) { r.diagnostics = append(r.diagnostics, d) }
