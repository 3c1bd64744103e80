package migration_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// table returns the creation of a model with fields.
func table(number, fields int) operation.Operation {
	model := address.New("model", "shop", fmt.Sprintf("table_%d", number))
	op := operation.Operation{Kind: "create_model", Target: model, Detector: "core", Up: operation.SQL("SELECT 1"), Down: operation.SQL("SELECT 2")}
	op.Edits = append(op.Edits, put(model, address.Address{}, fmt.Sprintf(`{"schema":"public","table":"table_%d"}`, number)))
	for i := range fields {
		name := fmt.Sprintf("column_%d", i)
		op.Edits = append(op.Edits, put(model.Child("field", name), model, `{"column":"`+name+`","null":true,"type":{"of":{"$ref":"enum shop.size"}}}`, address.New("enum", "shop", "size")))
	}
	return op
}

// BenchmarkDecode reads one sidecar with 22,000 edits.
func BenchmarkDecode(b *testing.B) {
	m := initial()
	m.Operations = nil
	for i := range 2000 {
		m.Operations = append(m.Operations, table(i, 10))
	}
	_, sidecar, err := migration.Render(m)
	require.NoError(b, err)
	b.SetBytes(int64(len(sidecar)))
	for b.Loop() {
		_, diags := migration.ParseSidecar(m.ID+".ops.json", sidecar)
		require.Empty(b, diags)
	}
}

// BenchmarkLoad reads 2,000 migrations with one table each from the disk, for
// replaying and for applying.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []*migration.Migration
	for i := range 2000 {
		m := &migration.Migration{ID: migration.NewID(start.Add(time.Duration(i)*time.Minute), "x"), App: "shop", Operations: []operation.Operation{table(i, 4)}}
		if i > 0 {
			m.Parents = []string{all[i-1].ID}
		}
		all = append(all, m)
	}
	_, err := migration.Write(dir, all...)
	require.NoError(b, err)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			_, diags, err := migration.Load(os.DirFS(dir), "shop")
			require.NoError(b, err)
			require.Empty(b, diags)
		}
	})
	b.Run("scripts", func(b *testing.B) {
		for b.Loop() {
			_, diags, err := migration.LoadScripts(os.DirFS(dir), "shop")
			require.NoError(b, err)
			require.Empty(b, diags)
		}
	})
	b.Run("replay", func(b *testing.B) {
		d, _, err := migration.Load(os.DirFS(dir), "shop")
		require.NoError(b, err)
		var s *state.State
		for b.Loop() {
			g, diags := migration.NewGraph(d)
			require.Empty(b, diags)
			s, err = migration.Replay(g)
			require.NoError(b, err)
		}
		require.Equal(b, 10000, s.Len())
	})
}
