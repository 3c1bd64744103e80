package detecttest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// OnServer makes the change of every case (*.txtar) in a folder on a server, forth
// and back; see Trial. A section "data" is SQL that is run before the change, a
// section "check" has queries after it that have to return t. Lines at the top such
// as "rewrites = 1" and "indexes_built = 0" are what the change may cost.
func OnServer(t *testing.T, dir string, plugins ...detect.Detector) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			tryFile(t, file, plugins)
		})
	}
}

func tryFile(t *testing.T, file string, plugins []detect.Detector) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := parse(data)
	c, err := newCase(archive, plugins)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	to := c.read(t, "to")
	Trial{
		From: c.read(t, "from").State, To: to.State, hinted: to.Hints, given: c.answers, budget: c.budget, plugins: plugins,
		Data: string(archive.section("data")), Check: string(archive.section("check")), recordable: true, Online: c.online,
	}.Run(t)
}
