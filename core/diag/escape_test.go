package diag_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// What steers a terminal is written out; a tab is shown as one, in columns.
func TestEscape(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a\n\tb\\u001b\\u202e", diag.Escape("a\n\tb\x1b\u202e"))
}
