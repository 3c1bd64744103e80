package sqltext_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func TestVisible(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"SELECT 'a',\n\t\"b\" -- c":                   "SELECT 'a',\n\t\"b\" -- c",
		"SELECT 'it''s \\ \x1b[2J'":                   `SELECT E'it''s \\ \u001b[2J'`,
		"SELECT $a$it's \u202e \U000e0001$a$":         `SELECT E'it''s \u202e \U000e0001'`,
		"SELECT e'\\n\u200d'":                         `SELECT e'\n\u200d'`,
		"SELECT \"a \"\"b\"\" \\ \u202e\"":            `SELECT U&"a ""b"" \\ \202e"`,
		"SELECT Ab\u200dc":                            `SELECT U&"ab\200dc"`,
		"SELECT 1 -- \x1b[2J\n/* \u202e */\r\nFROM a": "SELECT 1 -- \\u001b[2J\n/* \\u202e */\nFROM a",
		"SELECT U&'\u202e'":                           `SELECT U&'\202e'`,
		"SELECT 'open \x1b":                           `SELECT 'open \u001b`,
	} {
		require.Equal(t, want, sqltext.Visible(text), "%q", text)
	}
}
