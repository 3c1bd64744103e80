package builtin_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A step is a change of a state whose way forth and back is tried on a server.
type step struct {
	from, to *state.State
	renames  []autodetector.RenameAnswer
	defaults map[string]expression.Node
	values   map[address.Address]map[string]string // renamed values of enums
	data     string                                // loaded before the change
	check    string                                // queries after the change, each with the result t
	back     string                                // run before the way back
}

// hints returns the renamed values of enums as a source gives them.
func (s step) hints(t *testing.T) []source.Hint {
	t.Helper()
	var list []source.Hint
	for a, renamed := range s.values {
		value, err := state.Encode(renamed)
		require.NoError(t, err)
		list = append(list, source.Hint{Object: a, Name: "renamed_values", Value: value})
	}
	slices.SortFunc(list, source.CompareHints)
	return list
}

// plan returns the operations from one state to another.
func (s step) plan(t *testing.T, from, to *state.State) []operation.Operation {
	t.Helper()
	in := autodetector.Input{
		From: from, Detectors: builtin.Detectors(),
		Declaration: source.Declaration{State: to, Hints: s.hints(t)},
	}
	if from == s.from {
		in.Answers = s.answers()
	}
	plan, found, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, found, "%s", found)
	var all []operation.Operation
	for _, step := range plan.Steps {
		all = append(all, step.Operations...)
	}
	return all
}

func (s step) answers() autodetector.Answers {
	answers := autodetector.Answers{Renames: s.renames}
	for field, value := range s.defaults {
		answers.Defaults = append(answers.Defaults, autodetector.DefaultAnswer{Field: field, Value: value})
	}
	return answers
}

// try makes the change with rows in the tables and takes it back: afterwards the
// catalog is that of a new database in the same state. It returns the SQL.
func (s step) try(t *testing.T) string {
	t.Helper()
	db := scratch.Database(t)
	first := s.plan(t, nil, s.from)
	up(t, db, first)
	before := dump(t, db)
	psql(t, db, s.data)
	change := s.plan(t, s.from, s.to)
	t.Log(script(change))
	up(t, db, change)
	after := dump(t, db)
	for _, query := range strings.Split(s.check, ";\n") {
		if strings.TrimSpace(query) != "" {
			require.Equal(t, "t", strings.TrimSpace(psql(t, db, query)), query)
		}
	}
	probe(t, db, change, true)
	psql(t, db, s.back)
	down(t, db, change)
	require.Equal(t, before, dump(t, db), "after the way back")
	probe(t, db, change, false)
	down(t, db, first)
	empty := dump(t, db)
	require.NotContains(t, empty, "CREATE ", "after the way back to nothing")
	up(t, db, s.plan(t, nil, s.to))
	require.Equal(t, dump(t, db), after, "a new database is the same")
	return script(change)
}

func script(operations []operation.Operation) string {
	var b strings.Builder
	for _, op := range operations {
		b.WriteString("-- " + op.Summary + "\n" + texts(op.Up) + "-- back\n" + texts(op.Down))
	}
	return b.String()
}

func texts(statements []operation.Statement) string {
	var b strings.Builder
	for _, s := range statements {
		b.WriteString(s.Text() + ";\n")
	}
	return b.String()
}

func up(t *testing.T, db string, operations []operation.Operation) {
	t.Helper()
	var b strings.Builder
	b.WriteString("BEGIN;\n")
	for _, op := range operations {
		b.WriteString(texts(op.Up))
		if op.Transaction == operation.Committed {
			b.WriteString("COMMIT;\nBEGIN;\n")
		}
	}
	psql(t, db, b.String()+"COMMIT;\n")
}

func down(t *testing.T, db string, operations []operation.Operation) {
	t.Helper()
	var b strings.Builder
	for _, op := range slices.Backward(operations) {
		b.WriteString(texts(op.Down))
	}
	psql(t, db, "BEGIN;\n"+b.String()+"COMMIT;\n")
}

// probe runs the probes of hazards: they have to be queries with one boolean.
func probe(t *testing.T, db string, operations []operation.Operation, back bool) {
	t.Helper()
	for _, op := range operations {
		for _, h := range op.Hazard {
			if h.Probe != "" && h.Down == back {
				require.Regexp(t, "^[tf]$", strings.TrimSpace(psql(t, db, h.Probe)), h.Probe)
			}
		}
	}
}

func psql(t *testing.T, db, text string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "psql", "-X", "-q", "-tA", "-v", "ON_ERROR_STOP=1", "-d", db)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, text)
	return string(out)
}

// dump returns the schema of a database as sorted lines, so that the order of
// columns does not count.
func dump(t *testing.T, db string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pg_dump", "-s", "-d", db).CombinedOutput()
	require.NoError(t, err, string(out))
	var lines []string
	for _, line := range strings.Split(string(out), "\n") {
		line = strings.TrimSuffix(line, ",")
		if line != "" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "SET ") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
