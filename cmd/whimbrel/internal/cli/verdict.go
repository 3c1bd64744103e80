package cli

import (
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

	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A verdict remembers that nothing had changed, for exactly these bytes of the
// project file, the lock, the models, the migrations and the programs involved.
// It is kept outside version control; without it everything is found anew.
type verdict struct {
	file        string // where it is kept
	fingerprint string // of everything that the answer depends on
}

// verdict takes the fingerprint of a project as it is now. A project that cannot
// be read has none.
func (s *session) verdict(project source.Project) verdict {
	files, err := s.evidence(project)
	if err != nil || s.develops(project) {
		return verdict{}
	}
	sums, err := sumFiles(files)
	if err != nil {
		return verdict{}
	}
	all := sha256.New()
	fmt.Fprintf(all, "%s\n%s\n", release, s.programs(project))
	for i, file := range files {
		fmt.Fprintf(all, "%q %x\n", file, sums[i])
	}
	return verdict{
		file:        filepath.Join(s.Root(), ".whimbrel", "cache", "unchanged"),
		fingerprint: hex.EncodeToString(all.Sum(nil)),
	}
}

// holds reports whether nothing has changed since the verdict was kept.
func (v verdict) holds() bool {
	if v.fingerprint == "" {
		return false
	}
	kept, err := os.ReadFile(v.file)
	return err == nil && strings.TrimSpace(string(kept)) == v.fingerprint
}

// keep writes the verdict. A cache that cannot be written is none.
func (v verdict) keep() {
	if v.fingerprint == "" || os.MkdirAll(filepath.Dir(v.file), 0o755) != nil {
		return
	}
	part := fmt.Sprintf("%s.%d", v.file, os.Getpid())
	if os.WriteFile(part, []byte(v.fingerprint+"\n"), 0o600) == nil {
		_ = os.Rename(part, v.file)
	}
}

// evidence returns the files that say what is and what is wanted, sorted.
func (s *session) evidence(project source.Project) ([]string, error) {
	files := []string{filepath.Join(s.Root(), project.File)}
	lock := filepath.Join(s.Root(), plugins.LockFile)
	if _, err := os.Stat(lock); err == nil {
		files = append(files, lock)
	}
	for _, app := range project.Apps {
		for _, folder := range []string{s.models(app), s.folder(app)} {
			found, err := filesBelow(folder)
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// models returns the folder of an app's models.
func (s *session) models(app source.App) string {
	if filepath.IsAbs(app.Models) {
		return app.Models
	}
	return filepath.Join(s.Root(), app.Models)
}

func filesBelow(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return files, err
}

// programs tells this program and the plugins' from others, by what their files
// look like from outside: hashing them would take longer than all the rest.
func (s *session) programs(project source.Project) string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	specs := plugins.Find(project, self, firstParty()...)
	paths := []string{self}
	for _, spec := range specs {
		paths = append(paths, spec.Path)
	}
	var b strings.Builder
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			fmt.Fprintf(&b, "%s ?\n", path)
			continue
		}
		fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
	}
	return b.String()
}

// sumFiles returns the SHA-256 of each file, reading several at once.
func sumFiles(files []string) ([][sha256.Size]byte, error) {
	sums, errs := make([][sha256.Size]byte, len(files)), make([]error, len(files))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(files); i += workers {
				var data []byte
				data, errs[i] = os.ReadFile(files[i])
				sums[i] = sha256.Sum256(data)
			}
		})
	}
	group.Wait()
	return sums, errors.Join(errs...)
}
