package runner

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Status is a migration as a database has it.
type Status struct {
	ID, App    string
	State      State
	Applied    *postgres.AppliedMigration // nil: not applied
	Operations int
	Hazards    []string // the codes of those on the way up, sorted, each once
}

// A State says how far a migration is.
type State string

// The states.
const (
	IsApplied     State = "applied"
	IsFaked       State = "faked"
	IsInterrupted State = "interrupted"
	IsPending     State = "pending"
	IsMissing     State = "missing" // applied, and there is no file
)

// Status returns the migrations of the history in the order of running, then those
// that only the database has; and what is wrong between the two.
func (r *Runner) Status(ctx context.Context) ([]Status, diag.List, error) {
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return nil, nil, err
	}
	begun, err := r.db.Interrupted(ctx)
	if err != nil {
		return nil, nil, err
	}
	_, problems := postgres.Compare(applied, r.list)
	list := append(r.known(applied), r.missing(applied)...)
	for i, m := range list {
		if slices.ContainsFunc(begun, func(p postgres.Progress) bool { return p.App == m.App && p.ID == m.ID }) {
			list[i].State = IsInterrupted
		}
	}
	return list, problems, nil
}

// known returns the migrations that there are files of.
func (r *Runner) known(applied []postgres.AppliedMigration) []Status {
	var list []Status
	for _, s := range r.list {
		m := Status{ID: s.ID, App: s.App, State: IsPending, Operations: len(s.Steps), Hazards: r.hazards(s.ID)}
		for _, a := range applied {
			if a.App == s.App && a.ID == s.ID {
				m.apply(a)
			}
		}
		list = append(list, m)
	}
	return list
}

// missing returns the applied migrations that there is no file of.
func (r *Runner) missing(applied []postgres.AppliedMigration) []Status {
	var list []Status
	for _, a := range applied {
		if r.history.Migration(a.ID) == nil {
			m := Status{ID: a.ID, App: a.App, Operations: a.Operations}
			m.apply(a)
			m.State = IsMissing
			list = append(list, m)
		}
	}
	return list
}

func (m *Status) apply(a postgres.AppliedMigration) {
	m.Applied, m.State = &a, IsApplied
	if a.Faked {
		m.State = IsFaked
	}
}

// hazards returns the codes of what a migration does that a person should know.
func (r *Runner) hazards(id string) []string {
	var codes []string
	for _, h := range r.parsed[id].Hazards(false) {
		codes = append(codes, h.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
