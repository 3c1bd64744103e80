package diag_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
)

func TestShellWord(t *testing.T) {
	t.Parallel()
	require.Equal(t, "data_loss:shop.book", diag.ShellWord("data_loss:shop.book"))
	require.Equal(t, `'data_loss:shop."order line"'`, diag.ShellWord(`data_loss:shop."order line"`))
	require.Equal(t, `'it'\''s'`, diag.ShellWord("it's"))
}
