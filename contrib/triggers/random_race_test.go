package triggers_test

import (
	"slices"
	"strconv"
	"sync/atomic"
)

// sessions is how many race.
const sessions = 3

// A contest is a database with sessions in it.
type contest struct {
	*trial
	list  []*session
	ended chan *session
	// Commits that began and that ended: in between others can see them.
	began, done atomic.Int64
}

// A session is one of those that race. What it does next is the first of steps.
type session struct {
	*database
	contest *contest
	number  int
	level   string
	steps   []string
	busy    bool
	err     error // of the last step
	wrong   bool  // it was refused without reason
}

// race lets sessions write, and returns a fault or nothing. In each round all of
// them run a transaction.
func (r *trial) race(rounds int) string {
	r.t.Helper()
	c := &contest{trial: r, ended: make(chan *session, sessions)}
	for i := range sessions {
		s := &session{database: &database{t: r.t, url: r.url, Conn: connect(r.t, r.url)}, contest: c, number: i}
		s.run("SET deadlock_timeout = '20ms'")
		c.list = append(c.list, s)
	}
	r.ids = 2 * sessions // so that not everybody writes the same rows
	r.run("SET lock_timeout = '100ms'")
	for i := range rounds {
		if i%10 == 0 {
			c.fill()
		}
		if fault := c.round(); fault != "" {
			return fault
		}
	}
	return ""
}

// fill has rows in the tables.
func (c *contest) fill() {
	for _, list := range c.beginning() {
		_, err := c.Exec(c.t.Context(), "BEGIN ISOLATION LEVEL "+c.levels()[0]+"; "+list[0]+"; COMMIT")
		c.note("%s: %q", list[0], code(err))
		c.run("ROLLBACK")
	}
}

// round has each session run a transaction: each at its own pace, or so that all
// have written before one checks, and all have checked before one commits.
func (c *contest) round() string {
	for _, s := range c.list {
		s.plan()
	}
	together := c.IntN(3) > 0
	for {
		idle := slices.DeleteFunc(slices.Clone(c.list), func(s *session) bool { return s.busy || len(s.steps) == 0 })
		c.Shuffle(len(idle), func(i, j int) { idle[i], idle[j] = idle[j], idle[i] })
		if together {
			slices.SortStableFunc(idle, func(a, b *session) int { return phase(a.steps[0]) - phase(b.steps[0]) })
		}
		fault := ""
		switch {
		case len(idle) > 0:
			fault = c.step(idle[0])
		case slices.ContainsFunc(c.list, func(s *session) bool { return s.busy }):
			fault = c.finish(<-c.ended)
		default:
			return c.examined()
		}
		if fault != "" {
			return fault
		}
	}
}

// phase returns when a step is due: first the writes, then checks, then the ends.
func phase(sql string) int {
	switch sql {
	case checkNow:
		return 1
	case "COMMIT", "ROLLBACK":
		return 2
	}
	return 0
}

// examined looks at what a round has left.
func (c *contest) examined() string {
	if broken, err := c.violated(c.database); err != nil || broken {
		return c.fault("it is broken behind a round; %v", err)
	}
	return ""
}

// step has a session do its next step, and waits until it is done or waits for
// others.
func (c *contest) step(s *session) string {
	s.busy = true
	go func() {
		s.do(s.steps[0])
		c.ended <- s
	}()
	for s.busy && !s.waits() {
		select {
		case other := <-c.ended:
			if fault := c.finish(other); fault != "" {
				return fault
			}
		default:
		}
	}
	return ""
}

// waits reports whether a session waits for a lock.
func (s *session) waits() bool {
	return s.contest.one("SELECT (cardinality(pg_blocking_pids("+strconv.Itoa(int(s.PgConn().PID()))+")) > 0)::text") == "true"
}

// plan makes the steps of a transaction. Some check before they commit.
func (s *session) plan() {
	s.level = s.contest.pick(s.contest.levels()...)
	s.steps = append([]string{"BEGIN ISOLATION LEVEL " + s.level}, s.contest.transaction()...)
	if s.contest.IntN(2) == 0 {
		s.steps = append(s.steps, checkNow)
	}
	s.steps = append(s.steps, s.contest.pick("COMMIT", "COMMIT", "COMMIT", "COMMIT", "ROLLBACK"))
}

// do runs a step. Statements are taken back where they fail.
func (s *session) do(sql string) {
	commit := sql == "COMMIT"
	inside := !commit && sql != "ROLLBACK" && sql[:5] != "BEGIN"
	if commit {
		s.contest.began.Add(1)
		defer s.contest.done.Add(1)
	}
	ended := s.contest.done.Load()
	if inside {
		_, s.err = s.Exec(s.t.Context(), "SAVEPOINT s")
	}
	if _, s.err = s.Exec(s.t.Context(), sql); s.err == nil || !inside {
		return
	}
	if _, err := s.Exec(s.t.Context(), "ROLLBACK TO s"); err != nil {
		s.err = err
	}
	if sql == checkNow && code(s.err) == "23514" {
		s.examine(ended)
	}
}

// examine looks whether a constraint is broken in the eyes of a session that was
// refused, if nobody has committed anything since before.
func (s *session) examine(ended int64) {
	broken, err := s.contest.violated(s.database)
	if err != nil {
		s.err = err
		return
	}
	alone := s.contest.began.Load() == ended
	if (alone || s.level == rr) && !broken {
		s.wrong = true
	}
}

// finish takes in that a session is done with its step.
func (c *contest) finish(s *session) string {
	s.busy = false
	sql := s.steps[0]
	s.steps = s.steps[1:]
	c.note("%d: %s: %q", s.number, sql, code(s.err))
	if fault := c.judge(s, sql); fault != "" {
		return fault
	}
	if s.err != nil && (sql == "COMMIT" || code(s.err) == "40001" || code(s.err) == "40P01") {
		s.run("ROLLBACK")
		s.steps = nil
	}
	return ""
}

// inRaces are the errors that writes at random can end in.
var inRaces = []string{"", "23514", "23503", "23505", "40001", "40P01", "55006"}

func (c *contest) judge(s *session, sql string) string {
	if s.wrong {
		return c.fault("session %d: refused what is right: %v", s.number, s.err)
	}
	if !slices.Contains(inRaces, code(s.err)) {
		return c.fault("session %d: %v", s.number, s.err)
	}
	if sql != "COMMIT" || s.err != nil {
		return ""
	}
	broken, err := c.violated(c.database)
	if code(err) == "55P03" { // somebody is in the middle of a TRUNCATE
		return ""
	}
	if err != nil || broken {
		return c.fault("session %d committed what is broken; %v", s.number, err)
	}
	return ""
}
