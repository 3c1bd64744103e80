package conformance

import (
	"context"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// serve takes an empty database through the stages: up, down to where it was, and up
// again to where it has been. It returns what the database is like at each stage,
// by name, which has to be what it was made as, where that is known.
func (t *trial) serve(ctx context.Context, check string, stages []stage, made map[string]string) map[string]string {
	like := map[string]string{}
	if t.Database == nil || ctx.Err() != nil || len(t.problems[modelsCheck]) > 0 {
		return like
	}
	db, err := t.connect(ctx)
	if err != nil {
		t.wrong(check, "%v", err)
		return like
	}
	defer db.Close()
	for i, to := range stages[1:] {
		after, why := t.upDownUp(ctx, db, stages[i], to)
		if why == "" && made[to.name] != "" && made[to.name] != after {
			why = "the database is another than the one that was made at once: " + difference(made[to.name], after)
		}
		if why != "" {
			t.wrong(check, "from %s to %s: %s", stages[i].name, to.name, why)
			return like
		}
		like[to.name] = after
	}
	return like
}

func (t *trial) connect(ctx context.Context) (*postgres.Database, error) {
	url, err := t.Database(ctx)
	if err != nil {
		return nil, err
	}
	return postgres.Connect(ctx, url)
}

// upDownUp returns what the database is like in the end, and what went wrong.
func (t *trial) upDownUp(ctx context.Context, db *postgres.Database, from, to stage) (after, why string) {
	operations, why := t.plan(ctx, from, to, &recorder{Detector: t.Detector})
	if why != "" {
		return "", why
	}
	before, err := db.Snapshot(ctx)
	if err != nil {
		return "", err.Error()
	}
	if why = up(ctx, db, operations); why != "" {
		return "", why
	}
	if after, err = db.Snapshot(ctx); err != nil {
		return "", err.Error()
	}
	if slices.ContainsFunc(operations, func(op operation.Operation) bool { return op.Irreversible != "" }) {
		return after, ""
	}
	return after, downUp(ctx, db, operations, before, after)
}

func downUp(ctx context.Context, db *postgres.Database, operations []operation.Operation, before, after string) string {
	if why := down(ctx, db, operations); why != "" {
		return "back: " + why
	}
	if back, err := db.Snapshot(ctx); err != nil || back != before {
		return "going back leaves the database otherwise than it was: " + difference(before, back)
	}
	if why := up(ctx, db, operations); why != "" {
		return "again: " + why
	}
	if again, err := db.Snapshot(ctx); err != nil || again != after {
		return "going up again ends elsewhere: " + difference(after, again)
	}
	return ""
}

func up(ctx context.Context, db *postgres.Database, operations []operation.Operation) string {
	for _, op := range operations {
		if why := run(ctx, db, op, op.Up); why != "" {
			return why
		}
	}
	return ""
}

func down(ctx context.Context, db *postgres.Database, operations []operation.Operation) string {
	for _, op := range slices.Backward(operations) {
		if why := run(ctx, db, op, op.Down); why != "" {
			return why
		}
	}
	return ""
}

func run(ctx context.Context, db *postgres.Database, op operation.Operation, statements []operation.Statement) string {
	for _, statement := range statements {
		if _, err := db.Query(ctx, statement.Text()); err != nil {
			return op.Kind + " on " + op.Target.String() + ": " + err.Error() + " in: " + statement.Text()
		}
	}
	return ""
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
