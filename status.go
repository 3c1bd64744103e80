package whimbrel

import (
	"time"

	"github.com/whimbreldb/whimbrel/core/runner"
)

// A Migration is one as a database has it.
type Migration struct {
	ID, App    string
	State      State
	Operations int
	Hazards    []string  // the codes of those on the way forth, sorted
	AppliedAt  time.Time // zero: it is not applied
}

// A State says how far a migration is.
type State = runner.State

// The states.
const (
	Applied     = runner.IsApplied
	Faked       = runner.IsFaked
	Interrupted = runner.IsInterrupted
	NotApplied  = runner.IsPending
	Missing     = runner.IsMissing // applied, and there is no file
)

func migrationsOf(list []runner.Status) []Migration {
	migrations := make([]Migration, len(list))
	for i, m := range list {
		migrations[i] = Migration{ID: m.ID, App: m.App, State: m.State, Operations: m.Operations, Hazards: m.Hazards}
		if m.Applied != nil {
			migrations[i].AppliedAt = m.Applied.At
		}
	}
	return migrations
}
