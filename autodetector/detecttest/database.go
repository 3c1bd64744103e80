package detecttest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A database is one that a trial is made in.
type database struct {
	*testing.T
	url string
}

func (db database) up(operations []operation.Operation) {
	db.Helper()
	for _, part := range parts(operations, up) {
		db.psql(part)
	}
}

// refuses makes a change that the server does not make.
func (db database) refuses(operations []operation.Operation, why string) {
	db.Helper()
	for _, part := range parts(operations, up) {
		if out, err := db.run(part); err != nil {
			require.ErrorContains(db, err, why, out)
			return
		}
	}
	require.Fail(db, "nothing was refused")
}

// defined reads how the server defines what there is: each has a name and nothing is
// read twice.
func (db database) defined(detectors []detect.Detector) {
	db.Helper()
	connection, err := postgres.Connect(db.Context(), db.url)
	require.NoError(db, err)
	defer connection.Close()
	found, err := connection.Definitions(db.Context(), detect.DefinitionsOf(detectors...))
	require.NoError(db, err)
	require.NotEmpty(db, found)
	seen := map[string]bool{}
	for _, d := range found {
		require.NotEmpty(db, d.Name, d)
		require.False(db, seen[d.Key()], d.Key())
		seen[d.Key()] = true
	}
}

func (db database) down(operations []operation.Operation) {
	db.Helper()
	back := slices.Clone(operations)
	slices.Reverse(back)
	for _, part := range parts(back, down) {
		db.psql(part)
	}
}

// probe runs the probes of hazards: they have to be queries with one boolean.
func (db database) probe(operations []operation.Operation, back bool) {
	db.Helper()
	for _, op := range operations {
		for _, h := range op.Hazard {
			if h.Probe != "" && h.Down == back {
				require.Regexp(db, "^[tf]$", strings.TrimSpace(db.psql(h.Probe)), h.Probe)
			}
		}
	}
}

// losses returns the probes of the way back that find something to lose.
func (db database) losses(operations []operation.Operation) []string {
	db.Helper()
	var found []string
	for _, op := range operations {
		for _, h := range op.Hazard {
			if h.Down && h.Code == operation.DataLoss && (h.Probe == "" || strings.TrimSpace(db.psql(h.Probe)) == "t") {
				found = append(found, op.Summary+": "+h.Text+": "+h.Probe)
			}
		}
	}
	return found
}

func (db database) psql(text string) string {
	db.Helper()
	out, err := db.run(text)
	require.NoError(db, err, "%s\n%s", out, text)
	return out
}

// run runs statements in a new session, as settings of the database are those of
// sessions that begin after them.
func (db database) run(text string) (string, error) {
	return scratch.Query(db.Context(), db.url, text)
}

// dump returns the schema as sorted lines, so that the order of columns does not
// count.
func (db database) dump() string {
	db.Helper()
	var lines []string
	for line := range strings.SplitSeq(db.schema(), "\n") {
		line = strings.TrimSuffix(line, ",")
		if line != "" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "SET ") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// schema returns what pg_dump -s writes.
func (db database) schema() string {
	db.Helper()
	out, err := exec.CommandContext(db.Context(), scratch.Program("pg_dump"), "-s", "-d", db.url).CombinedOutput()
	require.NoError(db, err, string(out))
	return string(out)
}

// script returns operations as a script, for whoever reads of a failure.
func script(operations []operation.Operation) string {
	var b strings.Builder
	for _, op := range operations {
		b.WriteString("-- " + op.Summary + "\n")
		renderStatements(&b, op.Up)
		b.WriteString("-- back\n")
		renderStatements(&b, op.Down)
	}
	return b.String()
}
