package migration_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// TestRoundTrip renders migrations with hostile names and reads both files back.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMigration(t)
		sql, sidecar, err := migration.Render(m)
		require.NoError(t, err)

		loaded, diags := migration.ParseSidecar(m.ID+".ops.json", sidecar)
		require.Empty(t, diags)
		script, diags := migration.ParseSQL(m.ID+".sql", sql)
		require.Empty(t, diags, string(sql))
		require.Equal(t, loaded.Hashes, script.Migration().Hashes)

		windows := strings.ReplaceAll(string(sql), "\n", "\r\n")
		again, diags := migration.ParseSQL(m.ID+".sql", []byte(windows))
		require.Empty(t, diags)
		require.Equal(t, script, again)

		loaded.Hashes = nil
		require.Equal(t, replayed(m), loaded)
		require.Equal(t, m.Parents, script.Parents)
		require.Equal(t, m.App, script.App)
		require.Equal(t, migration.Summary(m.Operations), script.Summary)
		for i, op := range m.Operations {
			requireStep(t, op, script.Steps[i])
		}
		anew, _, err := migration.Render(m)
		require.NoError(t, err)
		require.Equal(t, string(sql), string(anew))
	})
}

func requireStep(t require.TestingT, op operation.Operation, step migration.Step) {
	require.Equal(t, op.Kind, step.Kind)
	require.Equal(t, op.Target, step.Target)
	require.Equal(t, op.Detector, step.Detector)
	require.Equal(t, op.Transaction, step.Transaction)
	require.Equal(t, op.Irreversible, step.Irreversible)
	require.Equal(t, op.Hazard, step.Hazards)
	require.Len(t, step.Up, len(op.Up))
	for i, s := range op.Up {
		if text := s.Text(); !strings.ContainsAny(text, "\n\r") {
			require.Equal(t, text, step.Up[i].SQL)
		}
	}
	if op.Irreversible == "" {
		require.Len(t, step.Down, len(op.Down))
	}
}

// replayed returns what a sidecar keeps of a migration.
func replayed(m *migration.Migration) *migration.Migration {
	kept := *m
	kept.Operations = nil
	for _, op := range m.Operations {
		op.Up, op.Down, op.Inline = nil, nil, nil
		var hazards []operation.Hazard
		for _, h := range op.Hazard {
			h.Probe = ""
			hazards = append(hazards, h)
		}
		op.Hazard = hazards
		kept.Operations = append(kept.Operations, op)
	}
	return &kept
}

var hostile = []string{
	"pizza", "two words", `quo"te`, "a\n-- +goose Down", "-- whimbrel:op 1", "+goose", `back\slash`, "tab\t", "cr\rlf\r\n",
	"a.b", "ä", "\u202e\u2028", "it's", "$$", "/* ", "a:", "-", "", ":", "[x]", "\ufeff", "nul\x01", "\u00a0-- +goose Up",
}

func drawName(t *rapid.T) string {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String()).Filter(func(s string) bool {
		return s != "" && !strings.ContainsRune(s, 0)
	}).Draw(t, "name")
}

func drawText(t *rapid.T) string {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String()).Draw(t, "text")
}

func drawAddress(t *rapid.T) address.Address {
	kind := rapid.SampledFrom([]string{"model", "field", "triggers.audit_trigger"}).Draw(t, "kind")
	names := []string{drawName(t)}
	for range rapid.IntRange(0, 2).Draw(t, "depth") {
		names = append(names, drawName(t))
	}
	return address.New(kind, names...)
}

func drawMigration(t *rapid.T) *migration.Migration {
	m := &migration.Migration{
		ID: "20261122101500_x", App: drawName(t), Version: "0.1.0",
		Detectors: map[string]string{"core": drawText(t)},
		Edited:    rapid.Bool().Draw(t, "edited"),
	}
	if rapid.Bool().Draw(t, "child") {
		m.Parents = []string{"20261121101500_a", "20261121101501_b"}
	}
	for range rapid.IntRange(1, 4).Draw(t, "operations") {
		m.Operations = append(m.Operations, drawOperation(t))
	}
	return m
}

func drawOperation(t *rapid.T) operation.Operation {
	op := operation.Operation{
		Kind: "create_model", Target: drawAddress(t), Summary: drawText(t),
		Detector:     rapid.SampledFrom([]string{"", "core"}).Draw(t, "detector"),
		Transaction:  rapid.SampledFrom([]operation.Transaction{"", "commit", "none"}).Draw(t, "transaction"),
		Irreversible: rapid.SampledFrom(hostile).Draw(t, "irreversible"),
		Edits:        []state.Edit{drawEdit(t)},
	}
	for range rapid.IntRange(0, 2).Draw(t, "statements") {
		op.Up = append(op.Up, drawStatement(t))
		op.Down = append(op.Down, drawStatement(t))
	}
	for range rapid.IntRange(0, 2).Draw(t, "hazards") {
		op.Hazard = append(op.Hazard, operation.Hazard{
			Code: "data_loss", Object: drawAddress(t), Text: drawText(t),
			Down: rapid.Bool().Draw(t, "down"), Probe: drawText(t),
		})
	}
	if rapid.Bool().Draw(t, "more") {
		op.Needs = []operation.Need{{Verb: operation.Drop, Object: drawAddress(t), Why: drawText(t)}}
		op.Touches = []operation.Touch{{Object: drawAddress(t), Aspects: state.Type}}
		op.Frees = []string{operation.Name("relation", drawText(t))}
		op.Locks = []operation.Lock{{Object: drawAddress(t), Mode: operation.ShareRowExclusive}}
	}
	if rapid.Bool().Draw(t, "reaction") {
		op.Edits = nil
	}
	return op
}

func drawEdit(t *rapid.T) state.Edit {
	switch rapid.IntRange(0, 2).Draw(t, "edit") {
	case 0:
		return state.Drop(drawAddress(t))
	case 1:
		return state.Edit{Rename: []state.Rename{{From: drawAddress(t), To: drawAddress(t)}}}
	}
	attrs, err := state.Encode(map[string]any{"name": drawText(t), "ref": address.RefTo(drawAddress(t)), "n": json.Number("1.50")})
	require.NoError(t, err)
	return state.Put(&state.Object{
		Address: drawAddress(t), Parent: drawAddress(t), Attrs: attrs, Rank: rapid.IntRange(-1, 9).Draw(t, "rank"),
		Refs:    []state.Reference{{Target: drawAddress(t), Aspects: state.Exists | state.Name}},
		Version: rapid.IntRange(0, 3).Draw(t, "version"), Rendering: rapid.IntRange(0, 3).Draw(t, "rendering"),
	})
}

// drawStatement quotes names and texts in every way that PostgreSQL has.
func drawStatement(t *rapid.T) operation.Statement {
	form := rapid.SampledFrom([]string{
		"CREATE TABLE %[1]s (a int)",
		"COMMENT ON TABLE %[1]s IS %[2]s",
		"DO LANGUAGE plpgsql $whimbrel$\nBEGIN\n    PERFORM %[2]s;\nEND\n$whimbrel$",
		"SELECT 1 -- the end",
		"SELECT 1 /* one\ntwo */, %[2]s",
	}).Draw(t, "form")
	text := strings.ReplaceAll(drawText(t), "\x00", "")
	return operation.Statement{SQL: sprintf(form, quoteAlways(drawName(t)), address.Literal(text))}
}

func sprintf(form string, args ...any) string {
	return strings.Split(fmt.Sprintf(form, args...), "%!(EXTRA")[0]
}

func quoteAlways(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
