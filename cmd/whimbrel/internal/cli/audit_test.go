package cli_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A person is asked before anything is undone, and sees what.
func TestAuditUndoAsks(t *testing.T) {
	t.Parallel()
	project, url := clitest.NewFolder(t), scratch.Database(t)
	dir := project.Dir
	project.Write("whimbrel.hcl", "audit_trigger = true\napp \"shop\" {}\nplugin \"triggers\" {}\n")
	project.Write("models/shop.hcl", "model \"book\" {\n  field \"title\" { type = text }\n}\n")
	for _, args := range [][]string{{"make"}, {"migrate", "--url", url}} {
		code, _, errs := project.Run(args...)
		require.Zero(t, code, errs)
	}
	_, err := clitest.Query(url, "INSERT INTO book (title) VALUES ('a'), ('b')")
	require.NoError(t, err)
	_, err = clitest.Query(url, "DELETE FROM book")
	require.NoError(t, err)

	_, out, _ := run(t, dir, "", "audit", "log", "--url", url, "--operation", "delete", "--format", "json")
	var document struct {
		Result struct {
			Records []struct{ Transaction string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &document))
	require.Len(t, document.Result.Records, 2)
	undo := []string{"audit", "undo", "--url", url, document.Result.Records[0].Transaction}

	code, out, errs := run(t, dir, "no\n", undo...)
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.Contains(t, errs, "2 rows of shop.book put back")
	require.Contains(t, errs, "nothing is undone")
	code, _, errs = run(t, dir, "", undo...)
	require.Equal(t, 1, code, errs)
	rows, err := clitest.Query(url, "SELECT count(*) FROM book")
	require.NoError(t, err)
	require.Equal(t, "0\n", rows)

	code, out, errs = run(t, dir, "yes\n", undo...)
	require.Zero(t, code, errs)
	require.Contains(t, out, "is undone: 2 rows of shop.book put back.")
	rows, err = clitest.Query(url, "SELECT string_agg(title, ',' ORDER BY id) FROM book")
	require.NoError(t, err)
	require.Equal(t, "a,b\n", rows)
}
