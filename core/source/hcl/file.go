package hcl

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// readFile returns the bytes of a file of the project, as many as a file may have and
// one more. It can be a link; what it leads to is a file on a disk.
func readFile(root, name string) ([]byte, error) {
	path := filepath.Join(root, filepath.FromSlash(name))
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, unreadable(name, err)
	case !info.Mode().IsRegular():
		return nil, unreadable(name, errNoFile)
	case ofTheSystem(path):
		return nil, unreadable(name, errSystem)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, syntax.MaxBytes+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	return text, nil
}

var (
	errNoFile = errors.New("it is no file")
	errSystem = errors.New("it leads to a file that the system makes up, not to one on a disk")
)

// ofTheSystem reports whether a path leads to where the system shows processes and
// devices, with their secrets, as files.
func ofTheSystem(path string) bool {
	target, err := filepath.EvalSymlinks(path)
	if err == nil {
		target, err = filepath.Abs(target)
	}
	for _, folder := range []string{"/proc/", "/sys/", "/dev/"} {
		if err != nil || strings.HasPrefix(filepath.ToSlash(target), folder) {
			return true
		}
	}
	return false
}

// unreadable returns the diagnostic for a file or folder that cannot be read.
func unreadable(name string, err error) error {
	why := err.Error()
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = "it is a link to a file that is not there"
	case errors.As(err, &path):
		why = path.Err.Error()
	}
	at := diag.Pos{Line: 1, Column: 1}
	return diag.Diagnostic{
		Code: "WH1011", Summary: fmt.Sprintf("%s cannot be read: %s", name, why), Range: diag.Range{File: name, Start: at, End: at},
		Next: "look who may read it, and where it leads: ls -l " + diag.ShellWord(name),
	}
}
