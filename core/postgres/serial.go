package postgres

import (
	"sync"
	"time"
)

// A serial is an observer whose methods are called one at a time: who waits for
// locks is found out by another goroutine.
type serial struct {
	mu       sync.Mutex
	observer Observer
}

func (s *serial) tell(call func(Observer)) {
	if s.observer == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	call(s.observer)
}

func (s *serial) Begin(script Script, d Direction) { s.tell(func(o Observer) { o.Begin(script, d) }) }

func (s *serial) Start(step Step) { s.tell(func(o Observer) { o.Start(step) }) }

func (s *serial) Operation(step Step, took time.Duration) {
	s.tell(func(o Observer) { o.Operation(step, took) })
}

func (s *serial) Waiting(step Step, blockers []Session) {
	s.tell(func(o Observer) { o.Waiting(step, blockers) })
}

func (s *serial) Retry(attempt int, wait time.Duration, why error) {
	s.tell(func(o Observer) { o.Retry(attempt, wait, why) })
}

func (s *serial) Notice(severity, message string) {
	s.tell(func(o Observer) { o.Notice(severity, message) })
}

func (s *serial) Done(script Script, d Direction, took time.Duration) {
	s.tell(func(o Observer) { o.Done(script, d, took) })
}
