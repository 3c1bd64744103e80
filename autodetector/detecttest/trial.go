package detecttest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Trial is a change of a state whose way forth and back is tried on a server.
// Package shop builds states.
type Trial struct {
	From, To *state.State
	Renames  []autodetector.RenameAnswer
	Defaults map[string]expression.Node            // by the path of the field
	Values   map[address.Address]map[string]string // renamed values of enums
	Data     string                                // run before the change
	given    autodetector.Answers
	hinted   []source.Hint // what models say besides
	budget   budget
	// Whether it is tried that the change can be recorded only, once it is made.
	recordable bool
	plugins    []detect.Detector
	Usings     map[string]string // as --using FIELD=EXPRESSION says
	Check      string            // queries after the change, a line each, with the result t
	// Later is run after the change, as users do. What it writes is lost on the way
	// back: until then no hazard of it is real, and then one is.
	Later string
	// Online: the tables are in use; see autodetector.Input.
	Online bool
	// Refused is what the server says, if the change has to fail. Then nothing of it
	// is done.
	Refused string
}

// Run makes the change with the data in the tables and takes it back. Afterwards
// the catalog is that of a new database in the same state, both ways, and every
// probe of a hazard is a query with one boolean.
func (x Trial) Run(t *testing.T) {
	t.Helper()
	db := database{T: t, url: scratch.Database(t)}
	first := x.plan(t, nil, x.From)
	db.up(first)
	before := db.dump()
	db.psql(x.Data)
	change := x.plan(t, x.From, x.To)
	t.Log(script(change))
	if x.Refused != "" {
		db.refuses(change, x.Refused)
		return
	}
	spans := db.measured(change)
	db.claims(change, spans)
	x.budget.compare(t, spans)
	after := db.dump()
	if x.recordable {
		db.recordable(append(builtin.Detectors(), x.plugins...), first, change)
	}
	for query := range strings.SplitSeq(x.Check, ";\n") {
		if strings.TrimSpace(query) != "" {
			require.Equal(t, "t", strings.TrimSpace(db.psql(query)), query)
		}
	}
	db.probe(change, true)
	x.later(db, change)
	db.down(change)
	require.Equal(t, before, db.dump(), "after the way back")
	db.probe(change, false)
	db.down(first)
	if len(x.plugins) > 0 { // what they make may outlive its declaration
		db = database{T: t, url: scratch.Database(t)}
	}
	// What the way back to nothing leaves is in the way of this, or in the dump.
	db.up(x.plan(t, nil, x.To))
	require.Equal(t, after, db.dump(), "a new database is the same")
}

// later makes sure that the way back is free until there is something to lose.
func (x Trial) later(db database, change []operation.Operation) {
	db.Helper()
	if x.Later == "" {
		return
	}
	require.Empty(db, db.losses(change), "the way back loses nothing yet")
	db.psql(x.Later)
	require.NotEmpty(db, db.losses(change), "the way back loses something")
}

// plan returns the operations from one state to another.
func (x Trial) plan(t *testing.T, from, to *state.State) []operation.Operation {
	t.Helper()
	in := autodetector.Input{
		From: from, Detectors: builtin.Detectors(), Plugins: x.plugins,
		Declaration: source.Declaration{State: to, Hints: x.hints(t)},
	}
	if from == x.From {
		in.From, in.Answers, in.Online = left(from, x.plugins), x.answers(t), x.Online
	}
	plan, found, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.False(t, found.HasErrors(), "%s", found)
	return plan.Operations()
}

// hints returns the renamed values of enums as a source gives them.
func (x Trial) hints(t *testing.T) []source.Hint {
	t.Helper()
	list := slices.Clone(x.hinted)
	for a, renamed := range x.Values {
		value, err := state.Encode(renamed)
		require.NoError(t, err)
		list = append(list, source.Hint{Object: a, Name: "renamed_values", Value: value})
	}
	slices.SortFunc(list, source.CompareHints)
	return list
}

func (x Trial) answers(t *testing.T) autodetector.Answers {
	answers := autodetector.Answers{
		Renames: slices.Concat(x.given.Renames, x.Renames), Defaults: slices.Clone(x.given.Defaults), Usings: slices.Clone(x.given.Usings),
	}
	for field, value := range x.Defaults {
		answers.Defaults = append(answers.Defaults, autodetector.DefaultAnswer{Field: field, Value: value})
	}
	for field, text := range x.Usings {
		value, err := conversion(field, text)
		require.NoError(t, err)
		answers.Usings = append(answers.Usings, autodetector.UsingAnswer{Field: field, Value: value})
	}
	return answers
}
