package runner

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Zero is the place before the first migration.
const Zero = "zero"

// A Way is migrations to apply or to roll back, in the order of running.
type Way struct {
	Direction postgres.Direction
	Stages    []Stage
}

// A Stage is one migration of a way: as it is read, and as it is run.
type Stage struct {
	Parsed *migration.Script
	Script postgres.Script

	leaving departures // what is dropped later on; none if nothing has to be emptied
}

// Leaves returns the migration that a way back leaves though it takes one that goes on
// with it; empty if there is none.
func (w Way) Leaves() string {
	for _, stage := range w.Stages {
		if id := stage.Parsed.Continues; w.Direction == postgres.Down && id != "" && !w.has(id) {
			return id
		}
	}
	return ""
}

// Text returns what is run of a stage, as Text does, below a line about what is emptied
// before.
func (s Stage) Text(down bool) string {
	if !down || len(s.Script.Emptied.Tables) == 0 {
		return Text(s.Parsed, down)
	}
	return "-- First emptied, as they are dropped on the same way: " + strings.Join(s.Script.Emptied.Tables, ", ") + "\n" + Text(s.Parsed, down)
}

// To returns the way to a place: a migration as Find knows it, Zero, or empty for
// the end of the history. It leads back where the place is applied. The
// diagnostics are what does not keep anyone from going it.
//
// With fake nothing will be run, so that a way to a named migration goes through
// what is wrong between the files and the record: recording what is in the database
// is how some of it is solved.
func (r *Runner) To(ctx context.Context, place string, fake bool) (Way, diag.List, error) {
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return Way{}, nil, err
	}
	if place == Zero {
		way, err := r.back(ctx, applied)
		return way, nil, err
	}
	pending, problems := postgres.Compare(applied, r.list)
	if place != "" {
		aim, err := r.history.Find(place)
		if err != nil {
			return Way{}, nil, err
		}
		if contains(applied, aim.ID) {
			way, err := r.backTo(ctx, applied, aim.ID)
			return way, nil, err
		}
		pending = r.upTo(pending, aim.ID)
		if fake {
			problems = nil
		}
	}
	if problems.HasErrors() {
		return Way{}, nil, problems
	}
	return r.forward(pending), problems, nil
}

// Back returns the way back from what was applied last, or begun: a number of
// steps.
func (r *Runner) Back(ctx context.Context, steps int) (Way, error) {
	applied, err := r.appliedOrBegun(ctx)
	if err != nil {
		return Way{}, err
	}
	return r.back(ctx, applied[max(0, len(applied)-steps):])
}

// BackChange returns the way back from the last change of the models that was applied,
// or begun: one migration, or those into which it had to be divided, with what builds on
// them.
func (r *Runner) BackChange(ctx context.Context) (Way, error) {
	applied, err := r.appliedOrBegun(ctx)
	if err != nil || len(applied) == 0 {
		return Way{Direction: postgres.Down}, err
	}
	last := applied[len(applied)-1]
	first, err := r.beginning(ctx, applied, last)
	if err != nil {
		return Way{}, err
	}
	chosen := []postgres.AppliedMigration{first}
	if first.ID != last.ID {
		later, err := r.above(ctx, applied, first.ID)
		if err != nil {
			return Way{}, err
		}
		chosen = append(chosen, later...)
	}
	return r.back(ctx, chosen)
}

// beginning returns the first of the applied migrations that one of them continues.
func (r *Runner) beginning(ctx context.Context, applied []postgres.AppliedMigration, of postgres.AppliedMigration) (postgres.AppliedMigration, error) {
	for {
		stage, err := r.recorded(ctx, of)
		if err != nil {
			return of, err
		}
		i := slices.IndexFunc(applied, func(a postgres.AppliedMigration) bool { return a.ID == stage.Parsed.Continues && a.App == of.App })
		if i < 0 {
			return of, nil
		}
		applied, of = applied[:i], applied[i]
	}
}

// BackTo returns the way back to a place: a migration, which stays applied, or Zero.
func (r *Runner) BackTo(ctx context.Context, place string) (Way, error) {
	applied, err := r.appliedOrBegun(ctx)
	if err != nil {
		return Way{}, err
	}
	if place == Zero {
		return r.back(ctx, applied)
	}
	aim, err := r.history.Find(place)
	if err != nil {
		return Way{}, err
	}
	if !contains(applied, aim.ID) {
		return Way{}, errors.New("migration " + aim.ID + " is not applied, so there is no way back to it")
	}
	return r.backTo(ctx, applied, aim.ID)
}

func (r *Runner) forward(pending []postgres.Script) Way {
	way := Way{Direction: postgres.Up}
	for _, s := range pending {
		way.Stages = append(way.Stages, Stage{Parsed: r.parsed[s.ID], Script: s})
	}
	return way
}

// upTo returns the scripts that a migration builds on, itself included.
func (r *Runner) upTo(pending []postgres.Script, id string) []postgres.Script {
	wanted := map[string]bool{}
	for _, a := range r.history.Ancestors(id) {
		wanted[a.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(pending), func(s postgres.Script) bool { return !wanted[s.ID] })
}

// back returns the way back through applied migrations, the last one first.
func (r *Runner) back(ctx context.Context, chosen []postgres.AppliedMigration) (Way, error) {
	way := Way{Direction: postgres.Down}
	for _, a := range slices.Backward(chosen) {
		stage, err := r.recorded(ctx, a)
		if err != nil {
			return Way{}, err
		}
		way.Stages = append(way.Stages, stage)
	}
	way.Stages = emptying(way.Stages)
	return way, nil
}

// backTo returns the way back through all applied migrations that build on one.
func (r *Runner) backTo(ctx context.Context, applied []postgres.AppliedMigration, id string) (Way, error) {
	later, err := r.above(ctx, applied, id)
	if err != nil {
		return Way{}, err
	}
	return r.back(ctx, later)
}

// above returns the applied migrations that build on one.
func (r *Runner) above(ctx context.Context, applied []postgres.AppliedMigration, id string) ([]postgres.AppliedMigration, error) {
	above := map[string]bool{id: true}
	var later []postgres.AppliedMigration
	for _, a := range applied {
		stage, err := r.recorded(ctx, a)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(stage.Script.Parents, func(parent string) bool { return above[parent] }) {
			above[a.ID] = true
			later = append(later, a)
		}
	}
	return later, nil
}
