package project

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A verdict remembers that nothing had changed, for exactly these bytes of the
// project file, the lock, the models, the migrations and the programs involved.
// It is kept outside version control; without it everything is found anew.
type verdict struct {
	file        string // where it is kept
	fingerprint string // of everything that the answer depends on
}

// verdict takes the fingerprint of a project as it is now. A project that cannot
// be read has none, nor has one with a plugin under development.
func (p *Project) verdict() verdict {
	located, err := p.locate()
	if err != nil || len(located.found) > 0 {
		return verdict{}
	}
	fingerprint, err := p.fingerprint(located)
	if err != nil {
		return verdict{}
	}
	return verdict{file: filepath.Join(p.root, ".whimbrel", "cache", "unchanged"), fingerprint: fingerprint}
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

// fingerprint returns the hash of everything that a plan depends on.
func (p *Project) fingerprint(located *location) (string, error) {
	files, err := p.evidence()
	if err != nil {
		return "", err
	}
	sums, err := sumFiles(files)
	if err != nil {
		return "", err
	}
	all := sha256.New()
	fmt.Fprintf(all, "%s\n%s\n", p.options.Release, located.programs())
	for i, file := range files {
		fmt.Fprintf(all, "%q %x\n", file, sums[i])
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// programs tells this program and the plugins' from others, by what their files
// look like from outside: hashing them would take longer than all the rest.
func (l *location) programs() string {
	paths := []string{l.program}
	for _, spec := range l.specs {
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
