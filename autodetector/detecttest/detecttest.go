// Package detecttest tests detectors with cases that read like what a user does:
// model files before, model files after, and the operations that follow.
//
// A case is a file in txtar form:
//
//	A label alone is renamed.
//	rename book.title=name
//	default book.pages=7
//
//	-- from --
//	model "book" { ... }
//	-- to --
//	model "book" { ... }
//	-- want --
//	# alter field shop.book.name: rename column title to name
//	ALTER TABLE public.book RENAME COLUMN title TO name;
//	# back
//	ALTER TABLE public.book RENAME COLUMN name TO title;
//
// The lines at the top that begin with "rename", "default" and "using" are the flags
// of make, "online" says that the tables are in use, "rewrites = 1" and the like are for
// OnServer; the other ones are for people. "from" and "to" are the models of an app
// named shop; a section from/kitchen.hcl holds those of an app named kitchen. A
// missing section is empty. Diagnostics stand in "want" in place of operations.
//
// The built-in detectors always take part. With DETECTTEST_UPDATE=1 in the
// environment the sections "want" are written anew, to be read before they are
// committed.
package detecttest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// updateVariable is the environment variable that has "want" written anew.
const updateVariable = "DETECTTEST_UPDATE"

// Run tests every case (*.txtar) in a folder, each as a subtest. Besides
// comparing the operations it makes sure that equal input gives equal output and
// that nothing is to be done where nothing has changed.
func Run(t *testing.T, dir string, detectors ...detect.Detector) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			runFile(t, file, detectors)
		})
	}
}

func runFile(t *testing.T, file string, detectors []detect.Detector) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := parse(data)
	c, err := newCase(archive, detectors)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	got := c.run(t)
	want := archive.section("want")
	if os.Getenv(updateVariable) != "" {
		archive.set("want", got)
		if err := os.WriteFile(file, archive.format(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(bytes.TrimSpace(want), bytes.TrimSpace(got)) {
		t.Errorf("%s: operations differ\n%s", file, difference(string(want), string(got)))
	}
}
