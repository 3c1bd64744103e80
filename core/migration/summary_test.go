package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	room := address.New("model", "shop", "room")
	beds, code, index := room.Child("field", "beds"), room.Child("field", "code"), room.Child("index", "by_beds")
	put := func(a address.Address) state.Edit { return state.Put(&state.Object{Address: a}) }
	columns := operation.Operation{
		Kind: "alter_fields", Target: room, Edits: []state.Edit{put(beds), put(code)},
		Touches: []operation.Touch{{Object: beds, Aspects: state.Type}},
		Hazard:  []operation.Hazard{operation.Rewrite(beds, "public.room")},
	}
	for want, list := range map[string][]operation.Operation{
		"+1 field ~1 field (0 drops, 1 rewrite)": {columns},
		"~1 index (0 drops, 0 rewrites)":         {{Kind: "drop_index", Edits: []state.Edit{state.Drop(index)}}, {Kind: "create_index", Edits: []state.Edit{put(index)}}},
		"-1 index (1 drop, 0 rewrites)":          {{Kind: "drop_index", Edits: []state.Edit{state.Drop(index)}}},
		"~1 field (0 drops, 2 rewrites)": {{
			Kind: "alter_field", Edits: []state.Edit{put(beds)},
			Hazard: []operation.Hazard{
				operation.Rewrite(beds, "public.room"), operation.Rewrite(code, "public.guest"), {Code: operation.TableRewrite, Down: true},
			},
		}},
	} {
		require.Equal(t, want, migration.Summary(list))
	}
}
