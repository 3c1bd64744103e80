package scratch

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	placePrefix = "whimbrel-pg-"
	ownerName   = "owner"
)

// A place is the directory of one server. Its owner file is locked by the
// process that started the server, so others can tell when it is abandoned.
type place struct {
	dir   string
	owner *os.File
}

// newPlace makes a directory that the account owns and removes abandoned ones.
func newPlace(a account) (*place, error) {
	base := temporary(a)
	sweep(base)
	dir, err := os.MkdirTemp(base, placePrefix)
	if err != nil {
		return nil, fmt.Errorf("a directory for the server: %w", err)
	}
	p := &place{dir: dir}
	if err := p.claim(a); err != nil {
		p.remove()
		return nil, fmt.Errorf("a directory for the server: %w", err)
	}
	return p, nil
}

// claim locks the owner file before it gets its name: a file of that name that
// can be locked belongs to nobody.
func (p *place) claim(a account) error {
	owner, err := os.Create(filepath.Join(p.dir, ownerName+".new"))
	if err != nil {
		return err
	}
	p.owner = owner
	hold(owner)
	if err := os.Rename(owner.Name(), filepath.Join(p.dir, ownerName)); err != nil {
		return err
	}
	return a.own(p.dir)
}

func (p *place) remove() {
	os.RemoveAll(p.dir)
	if p.owner != nil {
		p.owner.Close()
	}
}

// temporary returns the directory for temporary files that the account can
// reach; that of root's environment may be closed to others.
func temporary(a account) string {
	if !a.dropped {
		return os.TempDir()
	}
	for _, dir := range []string{os.TempDir(), "/tmp"} {
		if open(dir) {
			return dir
		}
	}
	return "/var/tmp"
}

// open reports whether everyone may go into a directory.
func open(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true
		}
		dir = parent
	}
}

// sweep removes the directories of servers whose owners are gone. A server that
// outlived its owner ends when it misses its directory.
func sweep(base string) {
	dirs, _ := filepath.Glob(filepath.Join(base, placePrefix+"*")) // the pattern is well formed
	for _, dir := range dirs {
		if abandoned(dir) {
			os.RemoveAll(dir)
		}
	}
}

func abandoned(dir string) bool {
	owner, err := os.Open(filepath.Join(dir, ownerName))
	if err != nil {
		info, statErr := os.Stat(dir)
		return os.IsNotExist(err) && statErr == nil && time.Since(info.ModTime()) > time.Hour
	}
	defer owner.Close()
	return hold(owner)
}
