// Package autodetector turns two states into a plan of migrations.
//
// The way of the data, a file for each step:
//
//	prepare.go   the wanted state is completed, the old one upgraded (upgrade.go)
//	rename.go    renames are decided and made in the old state, those of values for their owners (rename_value.go)
//	missing.go   what belongs to plugins that are not there stays, or the history answers for it (past.go)
//	detect.go    every detector answers its changes with operations (react.go)
//	review.go    the SQL of foreign plugins is judged (claims.go)
//	order.go     operations are ordered by what they need (edges.go, contradiction.go)
//	online.go    what is done to tables in use is done in parts
//	gather.go    changes of one table become one statement
//	reduce.go    parts are folded into what creates or drops the whole
//	verify.go    the plan is replayed and proven (readings.go)
//	split.go     it is cut into migrations
//	simulate.go  their SQL is run over the names that the database has
//
// Nothing here connects to a database, reads a file or knows a kind of objects.
package autodetector

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Input is all that a plan depends on.
type Input struct {
	// From is the state that the migrations so far lead to.
	From *state.State
	// Declaration holds the wanted state.
	Declaration source.Declaration
	// Detectors stand in the order of their kinds in a migration, those that others
	// build on first. Plugins come behind them; their order has no effect.
	Detectors []detect.Detector
	Plugins   []detect.Detector
	// Configs are the configurations of plugins by name, as canonical JSON.
	Configs map[string]json.RawMessage
	// Answers are given beforehand; Questioner is asked for the rest. Without
	// one, an open question is a diagnostic that names the flag to give.
	Answers    Answers
	Questioner Questioner
	// Made returns the operation that made an object, with its SQL, out of the
	// migrations. It is asked for objects of plugins that are not there. Without
	// it, such an object cannot be in the way of anything.
	Made func(address.Address) (migration.Origin, error)
	// Renamed returns what each object of From was called before its last rename, out of
	// the migrations. It is asked where the models say that something was renamed; without
	// it, nothing was.
	Renamed func() (map[address.Address]address.Address, error)
	// Names returns the names that a database has which has the migrations so far. The
	// SQL of the plan is run over them. Nil: nothing is known of them.
	Names func() (*simulation.Catalog, error)
	// Online: what is done to tables that are there before the plan is done in a way that
	// keeps those who use them waiting for moments only, in more migrations.
	Online bool
	// Validated: the manifests have been held against one another, as detect.Validate
	// does, so Run does not do it again.
	Validated bool
	// Foreign are the names of plugins that are no part of this program: their SQL is
	// reviewed, by Reader. Nil: a parser that keeps nothing.
	Foreign []string
	Reader  review.Reader
	// Retired are the names of plugins that are given up: what they made is
	// dropped. One that is there sees to that itself.
	Retired []string
}

// A Plan is a sequence of migrations to write. It is empty if nothing changed.
type Plan struct {
	Steps []Step
}

// Operations returns the operations of all steps, as they run.
func (p Plan) Operations() []operation.Operation {
	var all []operation.Operation
	for _, step := range p.Steps {
		all = append(all, step.Operations...)
	}
	return all
}

// A Step is one migration of a plan.
type Step struct {
	App        string
	Operations []operation.Operation
	// After are indexes of earlier steps that it builds on, besides the step
	// before it of the same app.
	After []int
	// Unproven is why SQL of operations was not followed to the end, by their index.
	Unproven map[int]string
	// Reads are other apps whose newest migration before this plan it builds on.
	Reads []string
}

// Run makes the plan. What the user has to mend is in the diagnostics; with an
// error among them there is no plan. An error means that a detector failed or
// that whimbrel is wrong; it names the detector.
func Run(ctx context.Context, in Input) (Plan, diag.List, error) {
	r := &run{in: in, from: in.From, to: in.Declaration.State, orphans: map[address.Address]detect.Change{}}
	for _, step := range []func(context.Context) error{
		r.prepare, r.rename, r.stay, r.detect, r.restore, r.review, r.order, r.online, r.gather, r.reduce, r.reviewTables, r.reviewReads, r.verify, r.reread, r.split,
		r.simulate,
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

	unchanged bool         // there is nothing to do
	from, to  *state.State // from: with renames made, after that step
	differ    differences
	original  *state.State // from before the renames
	// was and is hold the addresses of the original state by those of from, and
	// the other way round. They are nil as long as nothing is renamed.
	was, is map[address.Address]address.Address
	past    map[address.Address]address.Address // what objects of original were called before their last rename

	facts      []detect.Fact
	told       []told // the facts that are answers of flags
	owners     owners
	renameOps  []operation.Operation
	orphans    map[address.Address]detect.Change // of objects whose plugin is not there
	operations []operation.Operation
	links      []link                       // between operations, by index
	torn       map[address.Address]bool     // what has to be replaced, as it cannot be altered where it stands
	answered   []detect.Fact                // what the user has answered
	said       int                          // how many diagnostics there were before any detector was asked
	joined     map[address.Address][]string // detectors whose clauses went into what makes an object
	plan       Plan
}

func (r *run) report(d diag.Diagnostic) { r.diagnostics = append(r.diagnostics, d) }
