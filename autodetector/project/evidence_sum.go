package project

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"runtime"
	"sync"
	"syscall"
)

// sumFiles returns the SHA-256 of each file, reading several at once.
func sumFiles(files []string) ([][sha256.Size]byte, error) {
	sums, errs := make([][sha256.Size]byte, len(files)), make([]error, len(files))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			buffer := make([]byte, 64<<10)
			for i := worker; i < len(files); i += workers {
				sums[i], errs[i] = sumFile(files[i], buffer)
			}
		})
	}
	group.Wait()
	return sums, errors.Join(errs...)
}

// maxEvidence is the size in bytes up to which a file is worth being summed up.
const maxEvidence = 64 << 20

// errEvidence is returned for what is no file of usual size: who reads the project
// says what is wrong with it.
var errEvidence = errors.New("no file of usual size")

// sumFile reads a file by way of a buffer. A pipe is opened without waiting for who
// writes into it.
func sumFile(path string, buffer []byte) (sum [sha256.Size]byte, err error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return sum, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxEvidence {
		return sum, errors.Join(err, errEvidence)
	}
	digest := sha256.New()
	_, err = io.CopyBuffer(digest, io.LimitReader(file, maxEvidence), buffer)
	return [sha256.Size]byte(digest.Sum(nil)), err
}
