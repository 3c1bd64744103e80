package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// serve takes an empty database through the stages: up, down to where it was, and up
// again to where it has been. It returns what the database is like at each stage,
// by name, which has to be what it was made as, where that is known.
func (t *trial) serve(ctx context.Context, check string, stages []stage, made map[string]string) map[string]string {
	like := map[string]string{}
	if t.Database == nil || ctx.Err() != nil || t.unplannable() {
		return like
	}
	db, empty, err := t.connect(ctx)
	if err != nil {
		t.wrong(check, "%v", err)
		return like
	}
	defer func() { t.giveBack(ctx, db, empty) }()
	for i, to := range stages[1:] {
		after, why := t.upDownUp(ctx, db, stages[i], to)
		if why == "" && made[to.name] != "" && made[to.name] != after {
			why = "the database is another than the one that was made at once: " + difference(made[to.name], after)
		}
		if why != "" {
			t.wrongOn(check, stages[i].name+" to "+to.name, why)
			return like
		}
		like[to.name] = after
		if check == serverCheck {
			t.inspect(ctx, db.url, to)
		}
	}
	return like
}

// unplannable reports whether a plan has failed, which was said.
func (t *trial) unplannable() bool {
	return slices.ContainsFunc([]string{modelsCheck, ownershipCheck, convergenceCheck}, func(check string) bool { return len(t.problems[check]) > 0 })
}

// A database is a connection to one, and its URL.
type database struct {
	*postgres.Database
	url string
}

// connect returns a connection to an empty database, and what that looks like.
func (t *trial) connect(ctx context.Context) (*database, string, error) {
	db := t.spare
	t.spare = nil
	if db == nil {
		url, err := t.Database(ctx)
		if err != nil {
			return nil, "", err
		}
		connected, err := postgres.Connect(ctx, url)
		if err != nil {
			return nil, "", err
		}
		db = &database{Database: connected, url: url}
	}
	if err := t.prepared(ctx, db); err != nil {
		return nil, "", err
	}
	empty, err := db.Snapshot(ctx)
	return db, empty, err
}

// prepared runs what has to be there before the models. What is there already stays.
func (t *trial) prepared(ctx context.Context, db *database) error {
	for _, sql := range t.Before {
		if _, err := db.Query(ctx, sql); err != nil && !strings.Contains(err.Error(), "already exists") {
			return fmt.Errorf("before the models: %w in: %s", err, sql)
		}
	}
	return nil
}

// giveBack keeps a database for the next walk if this one has left nothing in it.
func (t *trial) giveBack(ctx context.Context, db *database, empty string) {
	if now, err := db.Snapshot(ctx); err == nil && now == empty {
		t.spare = db
		return
	}
	db.Close()
}

// upDownUp returns what the database is like in the end, and what went wrong.
func (t *trial) upDownUp(ctx context.Context, db *database, from, to stage) (after, why string) {
	operations, failure := t.plan(ctx, from, to, &recorder{Detector: t.Detector})
	if failure != nil {
		return "", failure.why
	}
	before, err := db.Snapshot(ctx)
	if err != nil {
		return "", err.Error()
	}
	r := &runner{trial: t, db: db, states: replayed(from.declared.State, operations), operations: operations}
	if why = r.up(ctx); why != "" {
		return "", why
	}
	if after, err = db.Snapshot(ctx); err != nil {
		return "", err.Error()
	}
	if slices.ContainsFunc(operations, func(op operation.Operation) bool { return op.Irreversible != "" }) {
		return after, ""
	}
	return after, r.downUp(ctx, before, after)
}

// replayed returns the states before each operation, and the last one.
func replayed(from *state.State, operations []operation.Operation) []*state.State {
	states := []*state.State{from}
	for _, op := range operations {
		next, err := from.Apply(op.Edits...)
		if err == nil { // the autodetector has proven that
			from = next
		}
		states = append(states, from)
	}
	return states
}

// A runner runs operations on a database and watches their locks.
type runner struct {
	*trial
	db         *database
	operations []operation.Operation
	states     []*state.State
}

func (r *runner) downUp(ctx context.Context, before, after string) string {
	if why := r.down(ctx); why != "" {
		return "back: " + why
	}
	if back, err := r.db.Snapshot(ctx); err != nil || back != before {
		return "going back leaves the database otherwise than it was: " + difference(before, back)
	}
	if why := r.up(ctx); why != "" {
		return "again: " + why
	}
	if again, err := r.db.Snapshot(ctx); err != nil || again != after {
		return "going up again ends elsewhere: " + difference(after, again)
	}
	return ""
}

func (r *runner) up(ctx context.Context) string {
	for i, op := range r.operations {
		r.probes(ctx, op, false)
		if why := r.run(ctx, op, op.Up, r.states[i]); why != "" {
			return why
		}
	}
	return ""
}

func (r *runner) down(ctx context.Context) string {
	for i, op := range slices.Backward(r.operations) {
		r.probes(ctx, op, true)
		if why := r.run(ctx, op, op.Down, r.states[i+1]); why != "" {
			return why
		}
	}
	return ""
}

// run runs one way of an operation on a database that is as a state says.
func (r *runner) run(ctx context.Context, op operation.Operation, statements []operation.Statement, s *state.State) string {
	if op.Detector == r.Detector.Manifest().Name && op.Transaction != operation.Outside && len(statements) > 0 {
		return r.watch(ctx, op, statements, s)
	}
	for _, statement := range statements {
		if _, err := r.db.Query(ctx, statement.Text()); err != nil {
			return refusal(op, statement, err)
		}
	}
	return ""
}

func refusal(op operation.Operation, statement operation.Statement, err error) string {
	return op.Kind + " on " + op.Target.String() + ": " + err.Error() + " in: " + statement.Text()
}

// difference returns the lines that only one of two texts has.
func difference(want, have string) string {
	var lines []string
	wanted, had := strings.Split(want, "\n"), strings.Split(have, "\n")
	for _, line := range wanted {
		if !slices.Contains(had, line) {
			lines = append(lines, "- "+line)
		}
	}
	for _, line := range had {
		if !slices.Contains(wanted, line) {
			lines = append(lines, "+ "+line)
		}
	}
	return strings.Join(lines[:min(len(lines), 8)], "\n")
}
