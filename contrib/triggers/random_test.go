package triggers_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var randomFor = flag.Duration("random", 0, "how long TestRandom goes on in each world; without it, for a few transactions")

// A trial is a world with one of its rules, in a database.
type trial struct {
	*history
	writes
	rule
	settings
	seed   uint64
	models string
	log    []string
}

// Settings are the arguments of a constraint trigger, and of foreign keys.
type settings struct{ level, isolation, timing, key, nullable string }

// randomSettings returns some that go together.
func randomSettings(w writes) settings {
	s := settings{
		level: w.pick(allLevels...), isolation: w.pick("read_committed", "read_committed", "any", "serializable"),
		timing: w.pick("deferred", "deferred", "immediate", "never"),
		key: w.pick("", "deferrable = deferred", "deferrable = immediate", "on_delete = cascade",
			"on_delete = cascade\n    on_update = cascade\n    deferrable = deferred"),
	}
	s.nullable = w.pick(s.key, "on_delete = set_null", "on_delete = set_null\n    on_update = set_null")
	if s.level == "statement" {
		s.timing = "never"
	}
	return s
}

func (s settings) arguments() string {
	return fmt.Sprintf("level = %s\n    isolation = %s\n    deferrable = %s", s.level, s.isolation, s.timing)
}

// levels returns the isolation levels of transactions.
func (s settings) levels() []string {
	return map[string][]string{"read_committed": {rc, ru}, "any": {rc, rr, sr}, "serializable": {sr}}[s.isolation]
}

// acts reports whether foreign keys change rows, which can be behind a check at
// the end of the same statement.
func (s settings) acts() bool { return strings.Contains(s.key+s.nullable, "on_") }

func newTrial(t *testing.T, w writes, r rule, s settings, seed uint64) *trial {
	t.Helper()
	models := strings.NewReplacer("KEY", s.key, "NULLABLE", s.nullable).Replace(w.world.with(r, s.arguments()))
	require.Contains(t, models, "constraint_trigger")
	return &trial{history: newHistory(t, models), writes: w, rule: r, settings: s, seed: seed, models: models}
}

func newWrites(w world, seed uint64) writes {
	return writes{Rand: rand.New(rand.NewPCG(seed, 1)), world: w, ids: 4}
}

// violated reports whether the constraint is broken as a session sees it, by the
// query that is written by hand.
func (r *trial) violated(d *database) (bool, error) {
	var broken bool
	err := d.QueryRow(d.t.Context(), "SELECT EXISTS ("+r.broken+")").Scan(&broken)
	return broken, err
}

// note writes down what was done, for who has to find out what went wrong.
func (r *trial) note(format string, args ...any) { r.log = append(r.log, fmt.Sprintf(format, args...)) }

// fault returns what went wrong, with what was done before.
func (r *trial) fault(format string, args ...any) string {
	last := r.log[max(0, len(r.log)-60):]
	return fmt.Sprintf("seed %d: %s\n%s\n%s", r.seed, fmt.Sprintf(format, args...), r.models, strings.Join(last, "\n"))
}

// TestRandom writes at random, alone beside a twin without triggers, and in three
// sessions that race. What breaks a constraint must not be committed, and nothing
// else be refused. Longer:
//
//	go test ./contrib/triggers -run TestRandom -random 30m -timeout 0
func TestRandom(t *testing.T) {
	t.Parallel()
	for name, w := range worlds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := uint64(1)
			if *randomFor > 0 {
				first = uint64(time.Now().Unix()) << 16
			}
			until := time.Now().Add(*randomFor)
			for seed := first; seed < first+2 || time.Now().Before(until); seed++ {
				if !t.Run(fmt.Sprint(seed), func(t *testing.T) { tryAtRandom(t, w, seed) }) {
					return
				}
			}
		})
	}
}

func tryAtRandom(t *testing.T, world world, seed uint64) {
	w := newWrites(world, seed)
	r, s := world.rules[w.IntN(len(world.rules))], randomSettings(w)
	require.Empty(t, newTrial(t, w, r, s, seed).alone(40))
	require.Empty(t, newTrial(t, w, r, s, seed).race(40))
}
