package migration_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

const (
	firstSQL      = "20261122101500_initial.sql"
	firstSidecar  = "20261122101500_initial.ops.json"
	secondSQL     = "20261123090000_rename_pizza_name_title.sql"
	secondSidecar = "20261123090000_rename_pizza_name_title.ops.json"
)

// written returns a folder with two migrations as Write leaves it.
func written(t *testing.T) (dir string, files fstest.MapFS) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "shop", "migrations")
	second := changes()
	second.Parents = second.Parents[:1]
	second.StateHash = ""
	paths, err := migration.Write(dir, initial())
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(dir, firstSQL), filepath.Join(dir, firstSidecar)}, paths)
	_, err = migration.Write(dir, second)
	require.NoError(t, err)
	return dir, read(t, dir)
}

func read(t *testing.T, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		require.NoError(t, err)
		files[entry.Name()] = &fstest.MapFile{Data: data}
	}
	return files
}

// with returns the files with one of them put through a function; nil deletes it.
func with(files fstest.MapFS, name string, change func(string) string) fstest.MapFS {
	copied := maps.Clone(files)
	if change == nil {
		delete(copied, name)
		return copied
	}
	var before string
	if file := files[name]; file != nil {
		before = string(file.Data)
	}
	copied[name] = &fstest.MapFile{Data: []byte(change(before))}
	return copied
}

func codes(list diag.List) string {
	var all []string
	for _, d := range list {
		all = append(all, d.Code)
	}
	return strings.Join(all, " ")
}

func replace(old, new string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, new, 1) }
}

func TestUntouchedIsValid(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	diags, err := migration.Validate(files, "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Equal(t, "*.ops.json linguist-generated=true\n", string(files[".gitattributes"].Data))
	require.Contains(t, string(files["whimbrel.sum"].Data), "\nhead 20261123090000_rename_pizza_name_title\n")

	for name, file := range maps.Clone(files) { // as git checks out on Windows
		files = with(files, name, func(string) string { return strings.ReplaceAll(string(file.Data), "\n", "\r\n") })
	}
	diags, err = migration.Validate(files, "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
}

// TestTamper: what each kind of meddling is called by validate, by a load for
// replaying and by a load for applying.
func TestTamper(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	tests := []struct {
		name                     string
		files                    fstest.MapFS
		validate, load, loadOnly string
	}{
		{"SQL", with(files, firstSQL, replace("varchar(30)", "varchar(31)")), "WH3031", "", "WH3016"},
		{"SQL of the way down", with(files, firstSQL, replace("DROP TABLE public.pizza;", "DROP TABLE pizza;")), "WH3031", "", "WH3016"},
		{"a comment", with(files, firstSQL, replace("CREATE TYPE", "-- hello\nCREATE TYPE")), "WH3016", "", "WH3016"},
		{"the last byte", with(files, firstSQL, func(s string) string { return s + " " }), "WH3016", "", "WH3016"},
		{"a probe", with(files, firstSQL, replace("SELECT EXISTS", "SELECT false AND EXISTS")), "WH3016", "", "WH3016"},
		{"the summary", with(files, secondSQL, replace("(1 drop", "(0 drops")), "WH3032", "", "WH3016"},
		{"a hazard", with(files, firstSQL, replace("the rows of", "rows of")), "WH3030", "", "WH3016"},
		{"the kind", with(files, firstSQL, replace("op 1 create_enum", "op 1 drop_enum")), "WH3030", "", "WH3016"},
		{"the mode", with(files, secondSQL, replace("notx", "tx")), "WH3030", "", "WH3016"},
		{"the parent", with(files, secondSQL, replace("-- whimbrel:parent 20261122101500_initial\n", "")), "WH3030", "", "WH3016"},
		{"the ID", with(files, firstSQL, replace("whimbrel:id 20261122101500_initial", "whimbrel:id 20261122101500_other")), "WH3008", "", "WH3016"},
		{"the sidecar", with(files, firstSidecar, replace(`"small"`, `"smaller"`)), "WH3016", "WH3016", ""},
		{"a hash", with(files, "whimbrel.sum", replace("h1:", "h1:A")), "WH3011", "WH3011", "WH3011"},
		{"the head", with(files, "whimbrel.sum", replace("head 20261123090000_rename_pizza_name_title", "head 20261122101500_initial")), "WH3033", "", ""},
		{"a conflict", with(files, "whimbrel.sum", replace("head", "<<<<<<< HEAD\nhead")), "WH3010", "WH3010", "WH3010"},
		{"no sum", with(files, "whimbrel.sum", nil), "WH3012", "WH3012", "WH3012"},
		{"no .sql", with(files, firstSQL, nil), "WH3015", "WH3015", "WH3015"},
		{"no sidecar", with(files, secondSidecar, nil), "WH3015", "WH3015", ""},
		{"a file too many", with(files, "20261125000000_x.sql", func(string) string { return "" }), "WH3013", "WH3013", "WH3013"},
		{"a sidecar too many", with(files, "20261125000000_x.ops.json", func(string) string { return "" }), "WH3013", "WH3013", ""},
		{"a foreign file", with(files, "seed.sql", func(string) string { return "" }), "WH3014", "WH3014", "WH3014"},
		{"a readme", with(files, "README.md", func(string) string { return "" }), "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			diags, err := migration.Validate(test.files, "shop")
			require.NoError(t, err)
			require.Equal(t, test.validate, codes(diags), diags)
			for _, d := range diags {
				require.NotEmpty(t, d.Next)
				require.False(t, d.Range.IsZero())
			}
			_, diags, err = migration.Load(test.files, "shop")
			require.NoError(t, err)
			require.Equal(t, test.load, codes(diags))
			_, diags, err = migration.LoadScripts(test.files, "shop")
			require.NoError(t, err)
			require.Equal(t, test.loadOnly, codes(diags))
		})
	}
}

// TestEveryByteCounts flips a bit in bytes all over every file.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	delete(files, ".gitattributes")
	for name, file := range files {
		for i := 0; i < len(file.Data); i += 5 {
			changed := with(files, name, func(s string) string { return s[:i] + string(s[i]^1) + s[i+1:] })
			diags, err := migration.Validate(changed, "shop")
			require.NoError(t, err)
			require.NotEmpty(t, diags, "byte %d of %s", i, name)
		}
	}
}

func TestEditedSQLIsNamed(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	diags, err := migration.Validate(with(files, firstSQL, replace("varchar(30)", "text")), "shop")
	require.NoError(t, err)
	require.Equal(t, diag.List{{
		Code:    "WH3031",
		Summary: "the SQL of operation 2 (create_model model shop.pizza) in 20261122101500_initial.sql was edited",
		Detail:  "Its hash in the sidecar is another one. What replays does not follow the edit.",
		Next:    "undo the edit (git checkout -- 20261122101500_initial.sql), or say that you mean it: whimbrel make --seal 20261122101500_initial",
		Address: "model shop.pizza",
		Range:   diag.Range{File: firstSQL, Start: diag.Pos{Line: 13, Column: 1}, End: diag.Pos{Line: 13, Column: 1}},
	}}, diags)
}

func TestWrongAppIsNamed(t *testing.T) {
	t.Parallel()
	_, files := written(t)
	_, diags, err := migration.Load(files, "kitchen")
	require.NoError(t, err)
	require.Equal(t, "WH3018 WH3018", codes(diags))
}

func TestNoFolderIsNoMigrations(t *testing.T) {
	t.Parallel()
	d, diags, err := migration.Load(os.DirFS(filepath.Join(t.TempDir(), "none")), "shop")
	require.NoError(t, err)
	require.Empty(t, diags)
	require.Empty(t, d.Migrations)
}
