package triggers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// made counts what there is of constraint triggers in a database.
const made = `SELECT ((SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ct\_%') + (SELECT count(*) FROM pg_proc WHERE proname LIKE 'ct\_%')
	+ (SELECT count(*) FROM pg_class WHERE relname LIKE 'ct\_%'))::text`

func formerFile(t *testing.T, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", folder, name))
	require.NoError(t, err)
	return string(text)
}

// TestFormer: a database that has constraint triggers from before gets them anew,
// and goes back through the SQL that was written then. That is in up.sql and
// down.sql, as the plugin wrote it.
func TestFormer(t *testing.T) {
	t.Parallel()
	h, models := newFormer(t, "former")
	before := h.one(made)
	assert.NotEmpty(t, code(h.try(`INSERT INTO lock (codes) VALUES ('{1}')`)), "they are those from before")

	h.migrate(models)
	h.refuses("REFUSED", `INSERT INTO kind VALUES (1, 'fruit'); INSERT INTO topping VALUES (1, 'Ham', 1); INSERT INTO part VALUES (1, 1, 1);`+pineapple)
	h.accepts(`INSERT INTO lock (codes) VALUES ('{1}'), ('{2}')`)
	h.refuses("REFUSED", `INSERT INTO lock (codes) VALUES ('{1}'), ('{1}')`)
	assert.Empty(t, h.plan(models), "once is enough")
	h.steps, h.states = h.steps[:2], h.states[:3]

	h.rollback()
	assert.Equal(t, before, h.one(made))
	h.run(formerFile(t, "former", "down.sql"))
	assert.Equal(t, "0", h.one(made))
}

// newFormer returns a database as the program from before left it, and its models. Its
// SQL is in a folder.
func newFormer(t *testing.T, folder string) (*history, string) {
	t.Helper()
	models := formerFile(t, folder, "models.hcl")
	h := newHistory(t)
	for _, op := range h.plan(models) {
		if !strings.HasPrefix(op.Kind, triggers.Name+".") {
			h.up([]operation.Operation{op})
		}
	}
	h.run(formerFile(t, folder, "up.sql"))
	h.states[1] = formerly(h.states[1])
	return h, models
}

// pineapple has another topping come in the place of one.
const pineapple = `WITH d AS (DELETE FROM topping WHERE id = 1 RETURNING id) INSERT INTO topping SELECT id, 'Pineapple', 1 FROM d`

// formerly returns a state as a history from before has it.
func formerly(s *state.State) *state.State {
	var list []*state.Object
	for o := range s.Unordered() {
		was := *o
		was.Rendering = 0
		list = append(list, &was)
	}
	return state.New(list...)
}
