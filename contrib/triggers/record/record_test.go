package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// Comments that are in databases can be read, and are written as they are there.
func TestNote(t *testing.T) {
	t.Parallel()
	comment := `{"columns":{"id":"id","operation":"operation_"},"context":"app.who","excluded":["it's \\"],` +
		`"history":"item_history","key":["id"],"masked":["pin"],"model":"shop.item","schema":"public","storage":"history","table":"item"}`
	note := record.Note{
		Model: "shop.item", Schema: "public", Table: "item", Storage: record.InHistory, History: "item_history",
		Key: []string{"id"}, Columns: map[string]string{"id": "id", "operation": "operation_"},
		Excluded: []string{`it's \`}, Masked: []string{"pin"}, Context: "app.who",
	}
	require.Equal(t, comment, note.String())
	read, ok := record.ParseNote(comment)
	require.True(t, ok)
	require.Equal(t, note, read)
	for _, other := range []string{"", "of somebody else", "{}", `{"model": 1}`, `["shop.item"]`} {
		_, ok := record.ParseNote(other)
		require.False(t, ok, other)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	require.Equal(t, `audit."It's_history"`, record.History("It's_history"))
}
