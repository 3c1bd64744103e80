package detecttest

import (
	"os"
	"path/filepath"
	"testing"
)

// OnServer makes the change of every case (*.txtar) in a folder on a server, forth
// and back; see Trial. A section "data" is SQL that is run before the change, a
// section "check" has queries after it that have to return t.
func OnServer(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			tryFile(t, file)
		})
	}
}

func tryFile(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := parse(data)
	c, err := newCase(archive, nil)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	Trial{
		From: c.read(t, "from").State, To: c.read(t, "to").State, Renames: c.answers.Renames, given: c.answers.Defaults,
		Data: string(archive.section("data")), Check: string(archive.section("check")),
	}.Run(t)
}
