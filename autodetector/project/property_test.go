package project_test

import (
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// pairs is how many random pairs of projects TestEveryPair tries.
var pairs = flag.Int("pairs", 50, "random pairs of projects to migrate between")

// workers share the pairs; each has databases of its own.
const workers = 4

// Whatever two projects are: the migrations from one to the other lead on a real
// server to what a database made at once for the second one is, rolling back
// leads to what the first one was, and rolling back to zero leaves nothing.
func TestEveryPair(t *testing.T) {
	t.Parallel()
	for begin := 0; begin < *pairs && !t.Failed(); begin += lot {
		everyPairOf(t, begin, min(begin+lot, *pairs))
	}
}

// lot is how many pairs are tried in one database each: what a server has dropped makes
// its catalog slower.
const lot = 100

// everyPairOf tries the pairs from one to before another one.
func everyPairOf(t *testing.T, begin, end int) {
	t.Helper()
	var group sync.WaitGroup
	for worker := range workers {
		steps, direct := connected(t), connected(t)
		group.Go(func() { everyPair(t, begin+worker, end, steps, direct) })
	}
	group.Wait()
}

func connected(t *testing.T) *postgres.Database {
	t.Helper()
	db, err := postgres.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func everyPair(t *testing.T, begin, end int, steps, direct *postgres.Database) {
	pair := rapid.Custom(func(t *rapid.T) [2]proptest.Project {
		first := proptest.Draw(t, "first")
		return [2]proptest.Project{first, proptest.Change(t, first)}
	})
	for n := begin; n < end && !t.Failed(); n += workers {
		p := pair.Example(n)
		trial := &trial{seed: n}
		trial.steps, trial.direct = trial.site(t, steps), trial.site(t, direct)
		assert.NoError(t, trial.run(p[0], p[1]), "pair %d\n%s", n, &trial.log)
	}
}

// A trial is one pair. It stops at its first error: FailNow may not be called
// outside the test's goroutine.
type trial struct {
	seed          int
	steps, direct *site
	log           strings.Builder
}

func (x *trial) run(first, second proptest.Project) error {
	before, err := x.steps.reach(first)
	if err != nil {
		return err
	}
	applied := x.steps.newest
	after, err := x.steps.reach(second)
	if err != nil {
		return err
	}
	want, err := x.direct.reach(second)
	if err != nil {
		return err
	}
	if err := equal("after migrating", after, want); err != nil {
		return err
	}
	if err := x.steps.returns(applied, before); err != nil {
		return err
	}
	for _, s := range []*site{x.steps, x.direct} {
		if err := s.vanish(x.seed%10 == 0); err != nil {
			return err
		}
	}
	return nil
}

// vanish rolls everything back. Where it is done once more, nothing that was left
// may be in the way.
func (s *site) vanish(twice bool) error {
	if twice {
		if err := s.rollback(runner.Zero); err != nil {
			return err
		}
		if err := s.migrate(); err != nil {
			return err
		}
	}
	if err := s.returns(runner.Zero, empty); err != nil {
		return err
	}
	_, err := s.db.Query(s.ctx, "DROP SCHEMA whimbrel CASCADE") // so that the next pair begins anew
	return err
}

// returns rolls back to a place and compares the database with what it was there.
func (s *site) returns(place, want string) error {
	if err := s.rollback(place); err != nil {
		return err
	}
	got, err := s.db.Snapshot(s.ctx)
	if err != nil {
		return err
	}
	return equal("after rolling back to "+place, got, want)
}

// empty is the snapshot of a database that nobody has touched.
const empty = "extension plpgsql; schema pg_catalog; version 1.0; comment 'PL/pgSQL procedural language'\n" +
	"schema public; comment 'standard public schema'\n"

func equal(when, got, want string) error {
	if got == want {
		return nil
	}
	left, right := lines(got), lines(want)
	var b strings.Builder
	for _, line := range strings.Split(got, "\n") {
		if !right[line] {
			fmt.Fprintf(&b, "  is     %s\n", line)
		}
	}
	for _, line := range strings.Split(want, "\n") {
		if !left[line] {
			fmt.Fprintf(&b, "  wanted %s\n", line)
		}
	}
	return fmt.Errorf("%s:\n%s", when, &b)
}

func lines(text string) map[string]bool {
	set := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		set[line] = true
	}
	return set
}
