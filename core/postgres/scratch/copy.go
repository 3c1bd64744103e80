package scratch

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// copyTree copies a directory of plain files and directories and gives the copy
// to the account. The copy must not exist.
func copyTree(from, to string, a account) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if entry.IsDir() {
			err = os.Mkdir(target, 0o700)
		} else {
			err = copyFile(path, target)
		}
		if err != nil {
			return err
		}
		return a.own(target)
	})
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closed := target.Close(); err == nil {
			err = closed
		}
	}()
	_, err = io.Copy(target, source)
	return err
}
