package migration_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

// A lockedFolder is a folder that the user may not read, or a file of it.
type lockedFolder struct {
	fstest.MapFS
	name string
}

func (g lockedFolder) Open(name string) (fs.File, error) {
	if name == g.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return g.MapFS.Open(name)
}

func (g lockedFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == g.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return g.MapFS.ReadDir(name)
}

func (g lockedFolder) ReadFile(name string) ([]byte, error) {
	if name == g.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return g.MapFS.ReadFile(name)
}

// What may not be read is for the user to mend, in the folder as messages name it.
func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	for name, file := range map[string]string{".": "db", migration.SumName: "db/whimbrel.sum", firstSQL: "db/" + firstSQL, firstSidecar: "db/" + firstSidecar} {
		folder := migration.Folder{App: "shop", Path: "db", FS: lockedFolder{files, name}}
		var found diag.List
		for _, read := range []func(...migration.Folder) (*migration.History, diag.List, error){migration.ReadHistory, migration.ReadScripts} {
			h, list, err := read(folder)
			require.NoError(t, err)
			found = append(found, list...)
			if !list.HasErrors() {
				list, err = h.Validate()
				require.NoError(t, err)
				found = append(found, list...)
			}
		}
		require.NotEmpty(t, found, name)
		require.Equal(t, "WH3019", found[0].Code)
		require.Equal(t, file, found[0].Range.File)
		require.Contains(t, found[0].Summary, "permission denied")
		require.NotEmpty(t, found[0].Next)
	}
}

// A link that leads nowhere, or to something that is no file, is not left out.
func TestLinksOfMigrations(t *testing.T) {
	t.Parallel()
	for target, why := range map[string]string{"nowhere": "it is a link to a file that is not there", "/dev/zero": "it is no file", ".": "it is no file"} {
		for _, name := range []string{firstSQL, firstSidecar, migration.SumName} {
			dir, _ := written(t)
			require.NoError(t, os.Remove(filepath.Join(dir, name)))
			require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
			found, err := migration.Validate(os.DirFS(dir), "shop")
			require.NoError(t, err)
			if name == migration.SumName && target == "nowhere" {
				require.Equal(t, "WH3012", codes(found), "there is none")
				continue
			}
			require.NotEmpty(t, found, name)
			require.Equal(t, name+" cannot be read: "+why, found[0].Summary)
		}
	}
}

// byHand returns a folder with a sealed migration written by hand.
func byHand(t *testing.T, text string) (dir string, sealed diag.List) {
	t.Helper()
	dir = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "20261122101500_x.sql"), []byte(header+text), 0o600))
	sealed, err := migration.Seal(dir, "20261122101500_x")
	require.NoError(t, err)
	return dir, sealed
}

// What no run would get past is refused when it is sealed, in either direction, and
// found where it was sealed before.
func TestDisturbingStatements(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"-- +goose Up\nSELECT 1;\nCOMMIT;\n": "20261122101500_x.sql:6:1: a statement begins or ends a transaction",
		"-- +goose Up\n-- +goose StatementBegin\nSELECT 1; COMMIT; BEGIN;\n-- +goose StatementEnd\n": "20261122101500_x.sql:6:1: a statement begins or ends a transaction",
		"-- +goose Up\nSELECT 1;\n-- +goose Down\nROLLBACK;\n":                                       "20261122101500_x.sql:7:1: a statement begins or ends a transaction",
		"-- +goose NO TRANSACTION\n-- +goose Up\nBEGIN;\nSELECT 1;\nCOMMIT;\n":                       "",
		"-- +goose NO TRANSACTION\n-- +goose Up\nDISCARD ALL;\n":                                     "20261122101500_x.sql:6:1: a statement releases all locks of the session",
		"-- +goose Up\nCOPY a FROM stdin;\n":                                                         "20261122101500_x.sql:5:1: a statement waits for data from the client",
		"-- +goose Up\nROLLBACK TO s;\nCOPY a FROM '/x';\n":                                          "",
	} {
		dir, found := byHand(t, text)
		require.Equal(t, want, found.Error(), text)
		if want == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, "20261122101500_x.sql"))
		require.NoError(t, err)
		hash := sha256.Sum256([]byte("\n20261122101500_x.sql\n" + string(data)))
		sum := "20261122101500_x.sql h1:" + base64.StdEncoding.EncodeToString(hash[:]) + "\nhead 20261122101500_x\n"
		found, err = migration.Validate(fstest.MapFS{"20261122101500_x.sql": {Data: data}, migration.SumName: {Data: []byte(sum)}}, "shop")
		require.NoError(t, err)
		require.Equal(t, want, found.Error(), text)
	}
}
