package clitest

import (
	"errors"
	"os"
	"path/filepath"
)

// shareTexts gives a home what SQL was read as by the programs of other tests of the
// package: to read it takes a process two seconds. All else that is kept is of the home
// alone. The programs are in the folder, which goes when the tests are over.
func shareTexts(home, programs string) error {
	shared, cache := filepath.Join(programs, "texts"), filepath.Join(home, ".cache", "whimbrel")
	return errors.Join(
		os.MkdirAll(shared, 0o700), os.MkdirAll(cache, 0o700),
		os.Symlink(shared, filepath.Join(cache, "texts")),
	)
}
