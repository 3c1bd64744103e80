package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// A phase is how far an operation has come.
type phase string

const (
	intent phase = "intent" // it was about to be run; whether it was is not known
	done   phase = "done"
	failed phase = "failed" // the server refused it; nothing has changed
)

// A Progress is how far a migration has come that is partly applied. Only
// migrations that do not fit into one transaction can be.
type Progress struct {
	App, ID  string
	Checksum string // of the script that was interrupted
	Applied  []int  // operations that are in effect
	Reverted []int  // operations that were rolled back
	Doubt    []int  // operations that were under way; they may or may not be in effect
	// Direction is that in which the operations in doubt were run.
	Direction Direction
}

// Interrupted reports whether the migration is neither applied nor rolled back.
func (p Progress) Interrupted(recorded bool) bool {
	if recorded {
		return len(p.Reverted)+len(p.Doubt) > 0
	}
	return len(p.Applied)+len(p.Doubt) > 0
}

// lastRows selects the last row of each operation.
const lastRows = `SELECT DISTINCT ON (app, migration, operation)
	app, migration, operation, checksum, direction, phase FROM whimbrel.operation_log`

// Interrupted returns the migrations that are partly applied or partly rolled
// back, by app and ID.
func (d *Database) Interrupted(ctx context.Context) (found []Progress, err error) {
	err = d.readRecord(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `WITH last AS (`+lastRows+` ORDER BY app, migration, operation, id DESC)
			SELECT last.*, m.id IS NOT NULL FROM last
			LEFT JOIN whimbrel.migrations m ON m.app = last.app AND m.id = last.migration
			ORDER BY last.app COLLATE "C", last.migration COLLATE "C", last.operation`)
		if err != nil {
			return err
		}
		found, err = interrupted(rows)
		return err
	})
	return found, wrap("reading the operations", err)
}

func interrupted(rows pgx.Rows) ([]Progress, error) {
	var all []Progress
	var recorded []bool
	var r logRow
	var there bool
	_, err := pgx.ForEachRow(rows, append(r.targets(), &there), func() error {
		if last := len(all) - 1; last < 0 || all[last].App != r.app || all[last].ID != r.migration {
			all, recorded = append(all, Progress{App: r.app, ID: r.migration}), append(recorded, there)
		}
		all[len(all)-1].add(r)
		return nil
	})
	var found []Progress
	for i, p := range all {
		if p.Interrupted(recorded[i]) {
			found = append(found, p)
		}
	}
	return found, err
}

// askProgress asks how far a migration has come.
func (q *queue) askProgress(s Script, p *Progress) {
	*p = Progress{App: s.App, ID: s.ID}
	q.ask(func(rows pgx.Rows) error {
		var r logRow
		_, err := pgx.ForEachRow(rows, r.targets(), func() error {
			p.add(r)
			return nil
		})
		return wrap("reading the operations of "+s.ID, err)
	}, lastRows+` WHERE app = $1 AND migration = $2
		ORDER BY app, migration, operation, id DESC`, s.App, s.ID)
}

type logRow struct {
	app, migration, checksum string
	operation                int
	direction                Direction
	phase                    phase
}

func (r *logRow) targets() []any {
	return []any{&r.app, &r.migration, &r.operation, &r.checksum, &r.direction, &r.phase}
}

func (p *Progress) add(r logRow) {
	p.Checksum = r.checksum
	switch {
	case r.phase == intent:
		p.Doubt, p.Direction = append(p.Doubt, r.operation), r.direction
	case (r.direction == Up) == (r.phase == done): // up and done, or down and failed
		p.Applied = append(p.Applied, r.operation)
	default:
		p.Reverted = append(p.Reverted, r.operation)
	}
}

// inEffect reports whether an operation is applied, given whether its migration
// is in the record: one that was faked has no rows.
func (p Progress) inEffect(number int, recorded bool) bool {
	if slices.Contains(p.Applied, number) {
		return true
	}
	return recorded && !slices.Contains(p.Reverted, number)
}

// write adds one row for each of the steps to the log.
func write(ctx context.Context, on execer, s Script, d Direction, phase phase, steps ...Step) error {
	numbers, kinds, targets := make([]int, len(steps)), make([]string, len(steps)), make([]string, len(steps))
	for i, step := range steps {
		numbers[i], kinds[i], targets[i] = step.Number, step.Kind, step.Target
	}
	_, err := on.Exec(ctx, logging,
		s.App, s.ID, s.Checksum, string(d), string(phase), numbers, kinds, targets)
	return wrap("recording the operations of "+s.ID, err)
}

const logging = `INSERT INTO whimbrel.operation_log (app, migration, operation, kind, target, checksum, direction, phase)
	SELECT $1, $2, operation, kind, target, $3, $4, $5
	FROM ROWS FROM (pg_catalog.unnest($6::int[]), pg_catalog.unnest($7::text[]), pg_catalog.unnest($8::text[])) AS step(operation, kind, target)`
