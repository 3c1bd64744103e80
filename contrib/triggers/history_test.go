package triggers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A history is a database that was taken through models, as a user would: they
// are texts in the model language, and everything between is the autodetector's.
type history struct {
	*database
	states []*state.State
	steps  [][]operation.Operation
	found  diag.List // what the last plan said
}

func newHistory(t *testing.T, models ...string) *history {
	t.Helper()
	h := &history{database: newDatabase(t), states: []*state.State{state.New()}}
	for _, text := range models {
		h.migrate(text)
	}
	return h
}

// plan returns what leads from the present models to others.
func (h *history) plan(text string) []operation.Operation {
	h.t.Helper()
	declared := h.read(text)
	plan, found, err := autodetector.Run(h.t.Context(), autodetector.Input{
		From: h.states[len(h.states)-1], Declaration: declared,
		Detectors: builtin.Detectors(), Plugins: []detect.Detector{triggers.New()}, Questioner: nobody{},
	})
	require.NoError(h.t, err)
	require.NoError(h.t, found.Err())
	h.found = found
	var list []operation.Operation
	reached := h.states[len(h.states)-1]
	for _, s := range plan.Steps {
		for _, op := range s.Operations {
			reached, err = reached.Apply(op.Edits...)
			require.NoError(h.t, err)
		}
		list = slices.Concat(list, s.Operations)
	}
	h.states = append(h.states, reached)
	h.steps = append(h.steps, list)
	return list
}

func (h *history) read(text string) source.Declaration {
	h.t.Helper()
	root := h.t.TempDir()
	require.NoError(h.t, os.WriteFile(filepath.Join(root, "models.hcl"), []byte(text), 0o600))
	project := source.Project{Root: root, File: "whimbrel.hcl", Apps: []source.App{
		{Label: "shop", Models: ".", Migrations: "migrations", Schema: "public"},
	}}
	manifests := []*detect.Manifest{triggers.New().Manifest()}
	for _, d := range builtin.Detectors() {
		manifests = append(manifests, d.Manifest())
	}
	declared, found, err := hcl.New(project, manifests).Read(h.t.Context())
	require.NoError(h.t, err)
	require.NoError(h.t, found.Err())
	return declared
}

// migrate goes on to models in one transaction, behind some SQL.
func (h *history) migrate(text string, before ...string) {
	h.t.Helper()
	ops := h.plan(text)
	h.run(append([]string{"BEGIN"}, before...)...)
	h.up(ops)
	h.run("COMMIT")
}

// rollback takes the last step back.
func (h *history) rollback() {
	h.t.Helper()
	last := len(h.steps) - 1
	h.run("BEGIN")
	h.down(h.steps[last])
	h.run("COMMIT")
	h.steps, h.states = h.steps[:last], h.states[:last+1]
}

// nobody takes part in the place of a user: what is gone is dropped.
type nobody struct{}

func (nobody) Rename(context.Context, address.Address, []address.Address) (address.Address, error) {
	return address.Address{}, nil
}

func (nobody) Answer(context.Context, detect.Question) (expression.Node, error) {
	return expression.Node{}, errors.New("a question is open")
}
