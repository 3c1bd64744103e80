// Package runner brings one database to a place in a history of migrations.
//
// It holds the rules of applying: which migrations are pending, which have to go
// before another can, in what form an applied one is rolled back, and what a way
// back would lose. The way of the data:
//
//	script.go  the history's files as core/postgres runs them
//	status.go  what is applied, pending, interrupted or missing
//	way.go     which migrations lead to a place, forwards or back
//	guard.go   what a way back would lose: the database is asked
//	fake.go    whether what is to be recorded only is in the database, by names (claim.go,
//	           there.go) and by definitions (replica.go, difference.go)
//	walk.go    the way is gone
//
// It runs SQL through core/postgres only, and never calls a detector.
package runner

import (
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Runner is a history and the database that it is for. It is for one goroutine
// at a time.
type Runner struct {
	*Scripts
	db *postgres.Database
}

// On returns the runner of the scripts on a database, which stays the caller's to
// close.
func (s *Scripts) On(db *postgres.Database) *Runner { return &Runner{Scripts: s, db: db} }

// recorded returns an applied migration in the form in which it was applied: its
// file, or the text in the record where the file is gone or has been changed.
func (r *Runner) recorded(ctx context.Context, a postgres.AppliedMigration) (Stage, error) {
	for _, s := range r.list {
		if s.ID == a.ID && s.App == a.App && (s.Checksum == a.Checksum || a.Faked) {
			return Stage{Parsed: r.parsed[a.ID], Script: s}, nil
		}
	}
	text, err := r.db.Text(ctx, a.App, a.ID)
	if err != nil {
		return Stage{}, err
	}
	parsed, found := migration.ParseSQL(a.ID+".sql", []byte(text))
	if text == "" || found.HasErrors() {
		return Stage{}, lost(a.ID)
	}
	parsed.Text = text
	return Stage{Parsed: parsed, Script: runnable(parsed, r.history.File(a.App, a.ID))}, nil
}

func lost(id string) error {
	return diag.Diagnostic{
		Code:    "WH0121",
		Summary: fmt.Sprintf("migration %s is applied, but there is no text of it to roll it back with", id),
		Detail:  "There is no file of it, and none in the record of the database.",
		Next:    "get the file, such as from the branch that was deployed",
	}
}

// appliedOrBegun returns the applied migrations, then those that were interrupted
// on their way.
func (r *Runner) appliedOrBegun(ctx context.Context) ([]postgres.AppliedMigration, error) {
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := r.db.Interrupted(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range begun {
		if !contains(applied, p.ID) {
			applied = append(applied, postgres.AppliedMigration{App: p.App, ID: p.ID, Checksum: p.Checksum})
		}
	}
	return applied, nil
}

func contains(applied []postgres.AppliedMigration, id string) bool {
	return slices.ContainsFunc(applied, func(a postgres.AppliedMigration) bool { return a.ID == id })
}
