package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
)

// Replaying needs the sidecars only; who builds upon a history learns what applying
// it would refuse.
func TestIntact(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	for name, test := range map[string]struct {
		file   string
		change func(string) string
		want   string
	}{
		"as it was written": {"README.md", func(string) string { return "" }, ""},
		"SQL":               {firstSQL, replace("varchar(30)", "varchar(31)"), "WH3016"},
		"a comment":         {firstSQL, replace("CREATE TYPE", "-- hello\nCREATE TYPE"), "WH3016"},
		"another checkout":  {firstSQL, func(s string) string { return replace("\n", "\r\n")(s) }, ""},
		"the head":          {"whimbrel.sum", replace("head 20261123090000_rename_pizza_name_title", "head 20261122101500_initial"), "WH3033"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, found, err := migration.ReadHistory(migration.Folder{App: "shop", Path: "db", FS: with(files, test.file, test.change)})
			require.NoError(t, err)
			require.Empty(t, found)
			found = h.Intact()
			require.Equal(t, test.want, codes(found))
			for _, d := range found {
				require.Equal(t, "db/"+test.file, d.Range.File)
			}
		})
	}
}
