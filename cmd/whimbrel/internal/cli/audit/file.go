package audit

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile has a function write a file, and returns its size. A file gets its name
// when it is whole; a new one can be read by its owner only. What is no regular file
// is written as it comes.
func writeFile(name string, write func(w io.Writer) error) (int, error) {
	name = filepath.Clean(name)
	if linked, err := filepath.EvalSymlinks(name); err == nil {
		name = linked
	}
	mode := fs.FileMode(0o600)
	if found, err := os.Stat(name); err == nil {
		if !found.Mode().IsRegular() {
			return overwrite(name, write)
		}
		mode = found.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".whimbrel-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // unless it has its name
	size, err := fill(f, write)
	if err == nil {
		err = os.Chmod(f.Name(), mode)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return size, err
}

func overwrite(name string, write func(w io.Writer) error) (int, error) {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	return fill(f, write)
}

// fill writes a file and closes it.
func fill(f *os.File, write func(w io.Writer) error) (int, error) {
	counted := &counter{Writer: f}
	err := write(counted)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return counted.size, err
}

// A counter counts the bytes that are written.
type counter struct {
	io.Writer
	size int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.size += n
	return n, err
}
