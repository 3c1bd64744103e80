package plugins

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// keptResults is the size of the folder of results from which on the oldest go,
// in bytes.
const keptResults = 200 << 20

// A results cache keeps what processes answered, by everything that an answer may
// depend on. It only saves time: whatever goes wrong with it means that there is
// no answer.
type results struct {
	dir   string // empty: no cache
	mode  ResultCache
	host  string                 // the version of this program
	self  func() (string, error) // the SHA-256 of this program
	limit int64
	wrote atomic.Bool
}

// newResults returns the cache in one folder of those of the program.
func newResults(o Options, folder string) *results {
	r := &results{mode: o.Results, host: o.HostVersion, limit: keptResults}
	r.self = sync.OnceValues(func() (string, error) {
		path, err := os.Executable()
		if err != nil {
			return "", err
		}
		return newSums(o.CacheDir).of(selfPath(path))
	})
	if dir := cacheDir(o.CacheDir); dir != "" && o.Results != ResultsOff {
		r.dir = filepath.Join(dir, folder)
	}
	return r
}

// key returns the name of an answer.
func (r *results) key(p *plugin, method string, request []byte) string {
	sum := p.sum
	if p.spec.Detector != nil {
		own, err := r.self()
		if err != nil {
			return ""
		}
		sum = own
	}
	hash := sha256.New()
	for _, part := range [][]byte{
		{protocol.Version},
		[]byte(r.host), []byte(sum), []byte(p.spec.Name),
		[]byte(strings.Join(p.spec.Args, "\x00")), []byte(method), request,
	} {
		fmt.Fprintf(hash, "%d:", len(part))
		hash.Write(part)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func (r *results) path(key string) string { return filepath.Join(r.dir, key[:2], key) }

// get returns an answer, or nil. A file that is not what was written is none.
func (r *results) get(key string) []byte {
	if key == "" || !private(r.dir) {
		return nil
	}
	data, err := os.ReadFile(r.path(key))
	if err != nil || len(data) < sha256.Size {
		return nil
	}
	answer := data[sha256.Size:]
	if !bytes.Equal(data[:sha256.Size], seal(key, answer)) {
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(r.path(key), now, now) // the oldest are those that nobody asked for
	return answer
}

func (r *results) put(key string, answer []byte) {
	if key == "" || os.MkdirAll(filepath.Dir(r.path(key)), 0o700) != nil || !private(r.dir) {
		return
	}
	if writeFile(r.path(key), append(seal(key, answer), answer...), 0o600) == nil {
		r.wrote.Store(true)
	}
}

// seal returns the sum that an answer is kept with.
func seal(key string, answer []byte) []byte {
	sum := sha256.Sum256(append([]byte(key), answer...))
	return sum[:]
}

// private reports whether nobody else can read or write a folder.
func private(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir() && (runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0)
}

// prune removes the oldest answers where there are too many.
func (r *results) prune() {
	if !r.wrote.Load() {
		return
	}
	var files []fs.FileInfo
	paths := map[fs.FileInfo]string{}
	var size int64
	_ = filepath.WalkDir(r.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			files, paths[info] = append(files, info), path
			size += info.Size()
		}
		return nil
	})
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	for _, info := range files {
		if size <= r.limit {
			return
		}
		if os.Remove(paths[info]) == nil {
			size -= info.Size()
		}
	}
}

// ClearCache removes everything that is kept: manifests and answers of plugins, and
// what SQL was read as. dir is that of Options.CacheDir.
func ClearCache(dir string) error {
	dir = cacheDir(dir)
	if dir == "" {
		return nil
	}
	var errs []error
	for _, folder := range []string{"results", "texts", "manifests", "sums"} {
		errs = append(errs, os.RemoveAll(filepath.Join(dir, folder)))
	}
	return errors.Join(errs...)
}
