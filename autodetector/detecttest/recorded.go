package detecttest

import (
	"os"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// recordable requires that the changes, which were made in the database, can be recorded
// only: it has all that they make, and has it as they make it.
func (db database) recordable(detectors []detect.Detector, changes ...[]operation.Operation) {
	db.Helper()
	dir, ids := db.TempDir(), []string{"20261101000000_first", "20261102000000_change"}
	var parents []string
	for i, operations := range changes {
		if len(operations) == 0 {
			continue
		}
		_, err := migration.Write(dir, &migration.Migration{ID: ids[i], App: "shop", Parents: parents, Operations: operations})
		require.NoError(db, err)
		parents = []string{ids[i]}
	}
	history, found, err := migration.ReadScripts(migration.Folder{App: "shop", Path: "migrations", FS: os.DirFS(dir)})
	require.NoError(db, err)
	require.Empty(db, found)
	scripts, err := runner.NewScripts(history)
	require.NoError(db, err)
	connection, err := postgres.Connect(db.Context(), db.url)
	require.NoError(db, err)
	defer connection.Close()
	on := scripts.On(connection)
	way, _, err := on.To(db.Context(), "", true)
	require.NoError(db, err)
	problems, err := on.Founded(db.Context(), way, detect.DefinitionsOf(detectors...))
	require.NoError(db, err)
	require.Empty(db, problems)
}
