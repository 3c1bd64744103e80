package interpreter

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Adopt has the files below a folder, which name the distribution's Python, run with
// the one that Find returns.
func Adopt(folder string) error {
	python, err := Find()
	if err != nil || python == System {
		return err
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		return adopt(path, python)
	})
}

func adopt(path, python string) error {
	text, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(text, []byte(System)) {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte(System), []byte(python)), info.Mode()); err != nil {
		return fmt.Errorf("giving %s another Python: %w", path, err)
	}
	return nil
}
