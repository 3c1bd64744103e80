package project_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// forks is how many random pairs of branches TestEveryFork tries.
var forks = flag.Int("forks", 12, "random pairs of branches to merge")

// Wherever merge says that it makes no difference which of two branches comes first, a
// database that had the one first is on a real server what one is that had the other
// first, and the way back leads to nothing from both.
func TestEveryFork(t *testing.T) {
	t.Parallel()
	draw := rapid.Custom(func(t *rapid.T) [3]proptest.Project {
		base, left, right := proptest.Fork(t)
		return [3]proptest.Project{base, left, right}
	})
	var commuting atomic.Int64
	x := &trial{}
	left, right := connected(t), connected(t)
	for n := range *forks {
		x.log.Reset()
		f := fork{left: x.site(t, left), right: x.site(t, right)}
		p := draw.Example(n)
		merged, err := f.run(p)
		require.NoError(t, err, "fork %d\n%s", n, &x.log)
		if merged {
			commuting.Add(1)
		}
	}
	t.Logf("%d of %d commute", commuting.Load(), *forks)
	require.Greater(t, 8*int(commuting.Load()), *forks, "it would show little")
}

// A fork is two sites that begin alike and go on in two ways.
type fork struct{ left, right *site }

// run makes both branches and merges them. It reports whether they commute.
func (f fork) run(p [3]proptest.Project) (bool, error) {
	for _, s := range []*site{f.left, f.right} {
		if _, err := s.reach(p[0]); err != nil {
			return false, err
		}
	}
	base := f.left.newest
	f.right.clock += 600
	_, err := f.left.reach(p[1])
	if err == nil {
		_, err = f.right.reach(p[2])
	}
	merged := false
	if err == nil && f.left.newest != base && f.right.newest != base {
		merged, err = f.merge()
	}
	if merged && err == nil {
		err = f.compare()
	}
	return merged, errors.Join(err, f.left.vanish(false), f.right.vanish(false))
}

// merge brings the migrations of both together in both folders, which have lines of both
// in whimbrel.sum as git may leave it. Where that is refused, both are as they were.
func (f fork) merge() (bool, error) {
	sites, sums := []*site{f.left, f.right}, ""
	for _, s := range sites {
		text, err := os.ReadFile(filepath.Join(s.dir, "migrations", "whimbrel.sum"))
		if err != nil {
			return false, err
		}
		s.sum = string(text)
		sums += s.sum
	}
	err := errors.Join(f.left.copyTo(f.right), f.right.copyTo(f.left))
	f.right.clock = f.left.clock
	merged := true
	for _, s := range sites {
		ok, wrong := s.merge(sums)
		merged, err = merged && ok, errors.Join(err, wrong)
	}
	if !merged {
		err = errors.Join(err, f.left.forget(), f.right.forget())
	}
	return merged && err == nil, err
}

// copyTo copies the migrations that another site does not have.
func (s *site) copyTo(other *site) error {
	paths, err := filepath.Glob(filepath.Join(s.dir, "migrations", "*.*"))
	for _, path := range paths {
		name := filepath.Base(path)
		if _, absent := os.Stat(filepath.Join(other.dir, "migrations", name)); absent == nil || name == "whimbrel.sum" {
			continue
		}
		text, unread := os.ReadFile(path)
		err = errors.Join(err, unread, other.write("migrations/"+name, string(text)))
	}
	return err
}

// merge reports whether the branches commute.
func (s *site) merge(sums string) (bool, error) {
	if err := s.write("migrations/whimbrel.sum", sums); err != nil {
		return false, err
	}
	p, err := s.open()
	if err != nil {
		return false, err
	}
	defer p.Close()
	m, err := p.Merge(s.ctx, "")
	var refused diag.List
	if errors.As(err, &refused) && refused[0].Code == "WH3040" {
		fmt.Fprintf(s.log, "\n# refused\n%v\n%s\n", err, refused[0].Detail)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = m.Write(s.ctx)
	return true, err
}

// forget makes a folder what it was before it had the migrations of the other branch.
func (s *site) forget() error {
	paths, err := filepath.Glob(filepath.Join(s.dir, "migrations", "2*"))
	for _, path := range paths {
		if !strings.Contains(s.sum, filepath.Base(path)+" ") {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return errors.Join(err, s.write("migrations/whimbrel.sum", s.sum))
}

// compare applies what each database lacks, and compares them.
func (f fork) compare() error {
	if err := errors.Join(f.left.migrate(), f.right.migrate()); err != nil {
		return err
	}
	left, err := f.left.db.Snapshot(f.left.ctx)
	if err != nil {
		return err
	}
	right, err := f.right.db.Snapshot(f.right.ctx)
	if err != nil {
		return err
	}
	if err := equal("the left branch first, beside the right one first", left, right); err != nil {
		return err
	}
	return errors.Join(f.left.returns(runner.Zero, empty), f.right.returns(runner.Zero, empty), f.left.migrate(), f.right.migrate())
}
