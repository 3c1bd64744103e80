package plugins

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// fileSum returns the SHA-256 of a file in hexadecimal digits.
func fileSum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return readerSum(file)
}

func readerSum(r io.Reader) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// isScript reports whether an executable is a text for an interpreter.
func isScript(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	start := make([]byte, 2)
	_, err = io.ReadFull(file, start)
	return err == nil && string(start) == "#!"
}

// errSum is returned for an executable that is not the one that was checked.
var errSum = errors.New("the executable changed after it was checked")

// A binary is an executable that is certain to be the one with a sum.
type binary struct {
	path string   // what to run
	file *os.File // what to hand down as file 3, or nil
}

func (b binary) Close() {
	if b.file != nil {
		_ = b.file.Close()
	}
}

// verified returns what to run of the file at path, certain to have the sum: a copy
// that nobody else can write, in memory, sealed, where the system has that, else in
// dir. What is hashed is the copy, so neither exchanging the file nor writing into it
// makes a difference. A script has to stand where it looks for its files, so of one
// the opened file itself is run where that can be done.
func verified(path, sum, dir string) (binary, error) {
	file, err := os.Open(path)
	if err != nil {
		return binary{}, err
	}
	if openedPath != "" && isScript(path) {
		return opened(file, sum)
	}
	defer file.Close()
	sealed, have, err := sealedCopy(file)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return binary{}, err
		}
		return copied(file, sum, filepath.Join(dir, filepath.Base(path)))
	case err != nil:
		return binary{}, err
	case have != sum:
		sealed.Close()
		return binary{}, errSum
	}
	return binary{path: openedPath, file: sealed}, nil
}

// opened returns an open script as what to run, which it is even if another file gets
// its name.
func opened(file *os.File, sum string) (binary, error) {
	start := make([]byte, 2)
	_, err := file.ReadAt(start, 0)
	have := ""
	if err == nil {
		have, err = readerSum(file)
	}
	if err == nil && (have != sum || string(start) != "#!") {
		err = errSum // it was exchanged since it was looked at
	}
	if err != nil {
		file.Close()
		return binary{}, err
	}
	return binary{path: openedPath, file: file}, nil
}

// copied copies a file to a private place and checks the copy.
func copied(from io.Reader, sum, path string) (binary, error) {
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o700)
	if err != nil {
		return binary{}, err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(to, hash), from)
	if err = errors.Join(err, to.Close()); err != nil {
		return binary{}, err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return binary{}, errSum
	}
	return binary{path: path}, nil
}
