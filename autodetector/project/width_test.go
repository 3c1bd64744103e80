package project

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// columns is a migration with edits of so many fields of a model.
func columns(model address.Address, from, to int, edit func(field address.Address) state.Edit) *migration.Migration {
	op := operation.Operation{}
	for i := from; i < to; i++ {
		op.Edits = append(op.Edits, edit(model.Child("field", fmt.Sprint("f", i))))
	}
	return &migration.Migration{Operations: []operation.Operation{op}}
}

// A dropped column keeps its place, also under the new name of its table.
func TestWidths(t *testing.T) {
	t.Parallel()
	wide, wider := address.New("model", "shop", "wide"), address.New("model", "shop", "wider")
	add := func(model address.Address) func(address.Address) state.Edit {
		return func(field address.Address) state.Edit {
			return state.Put(&state.Object{Address: field, Parent: model, Attrs: []byte(`{"column":"x"}`)})
		}
	}
	drop := func(field address.Address) state.Edit { return state.Edit{Drop: field} }
	rename := &migration.Migration{Operations: []operation.Operation{{Edits: []state.Edit{{Rename: []state.Rename{{From: wide, To: wider}}}}}}}
	old := []*migration.Migration{columns(wide, 0, 1000, add(wide)), columns(wide, 0, 1000, add(wide)), columns(wide, 0, 600, drop), rename}
	require.NoError(t, checkWidths(old, []*migration.Migration{columns(wider, 0, 600, add(wider))}))
	var d diag.Diagnostic
	require.ErrorAs(t, checkWidths(old, []*migration.Migration{columns(wider, 0, 601, add(wider)), columns(wider, 1000, 1001, add(wider))}), &d)
	require.Equal(t, "the table of model shop.wider would have 1001 columns, and its migrations dropped 600 more", d.Summary)
	gone := &migration.Migration{Operations: []operation.Operation{{Edits: []state.Edit{{Drop: wider}}}}}
	require.NoError(t, checkWidths(append(old, gone), []*migration.Migration{columns(wider, 0, 1600, add(wider))}))
}
