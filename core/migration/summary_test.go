package migration_test

import (
	"os"
	"path/filepath"
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
	check, free := room.Child("constraint", "some_beds"), address.New("view", "shop", "free")
	run := operation.SQL("SELECT 1")
	reread := func(a address.Address) state.Edit {
		return state.Put(&state.Object{Address: a, Readings: []state.Reading{{}}})
	}
	renamed := state.Edit{Rename: []state.Rename{{From: beds, To: code}}}
	columns := operation.Operation{
		Kind: "alter_fields", Target: room, Up: operation.SQL("SELECT 1"), Edits: []state.Edit{put(beds), put(code)},
		Touches: []operation.Touch{{Object: beds, Aspects: state.Type}},
		Hazard:  []operation.Hazard{operation.Rewrite(beds, "public.room")},
	}
	for want, list := range map[string][]operation.Operation{
		"+1 field ~1 field (0 drops, 1 rewrite)": {columns},
		"~1 index (0 drops, 0 rewrites)": {
			{Kind: "drop_index", Target: index, Up: run, Edits: []state.Edit{state.Drop(index)}}, {Kind: "create_index", Target: index, Up: run, Edits: []state.Edit{put(index)}},
		},
		"-1 index (1 drop, 0 rewrites)":                        {{Kind: "drop_index", Target: index, Up: run, Edits: []state.Edit{state.Drop(index)}}},
		"~1 constraint (0 drops, 0 rewrites)":                  {{Kind: "drop_constraint", Target: check, Edits: []state.Edit{state.Drop(check)}}},
		"~2 field ~1 model (0 drops, 0 rewrites)":              {{Kind: "create_model", Target: room, Edits: []state.Edit{put(room), put(beds), put(code)}}},
		"~1 field ~1 view (0 drops, 0 rewrites)":               {{Kind: "rename_field", Target: code, Up: run, Edits: []state.Edit{renamed, reread(free)}}},
		"+1 field ~1 constraint ~1 view (0 drops, 0 rewrites)": {{Kind: "create_field", Target: code, Up: run, Edits: []state.Edit{put(code), reread(check), reread(free)}}},
		"+2 field ~1 constraint (0 drops, 0 rewrites)":         {{Kind: "add_fields", Target: room, Up: run, Edits: []state.Edit{put(code), reread(beds), reread(check)}}},
		"~1 field (0 drops, 2 rewrites)": {{
			Up: run, Kind: "alter_field", Edits: []state.Edit{put(beds)},
			Hazard: []operation.Hazard{
				operation.Rewrite(beds, "public.room"), operation.Rewrite(code, "public.guest"), {Code: operation.TableRewrite, Down: true},
			},
		}},
	} {
		require.Equal(t, want, migration.Summary(list))
	}
}

// A header that counts what no SQL makes as made is one of a program of before.
func TestSummaryOfBefore(t *testing.T) {
	t.Parallel()
	oven := address.New("model", "shop", "oven")
	m := &migration.Migration{ID: "20261124000000_oven", App: "shop", Operations: []operation.Operation{{
		Kind: "create_model", Target: oven, Summary: "create model shop.oven (unmanaged)", Edits: []state.Edit{put(oven, address.Address{}, "{}")},
	}}}
	for _, test := range []struct{ header, want string }{
		{"~1 model (0 drops, 0 rewrites)", ""},
		{"+1 model (0 drops, 0 rewrites)", ""},
		{"-1 model (0 drops, 0 rewrites)", "WH3032"},
	} {
		dir := filepath.Join(t.TempDir(), "migrations")
		paths, err := migration.Write(dir, m)
		require.NoError(t, err)
		sql, err := os.ReadFile(paths[0])
		require.NoError(t, err)
		require.Contains(t, string(sql), "-- whimbrel:summary ~1 model (0 drops, 0 rewrites)\n")
		sql = []byte(replace("~1 model (0 drops, 0 rewrites)", test.header)(string(sql)))
		require.NoError(t, os.WriteFile(paths[0], sql, 0o600))
		_, err = migration.Seal(dir, m.ID)
		require.NoError(t, err)
		diags, err := migration.Validate(os.DirFS(dir), "shop")
		require.NoError(t, err)
		require.Equal(t, test.want, codes(diags), test.header)
	}
}
