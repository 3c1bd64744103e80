package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// resolve looks how operations ended that are in doubt, where the catalog says so, and
// goes on from there: what is done is recorded, what is half-way tidied up. What the
// catalog cannot tell stays in doubt.
func (r *run) resolve(ctx context.Context) error {
	var left []int
	for _, number := range r.progress.Doubt {
		known, err := r.inquire(ctx, r.script.step(number))
		if err != nil {
			return err
		}
		if !known {
			left = append(left, number)
		}
	}
	if err := r.load(ctx); err != nil {
		return err
	}
	r.progress.Doubt = left
	return nil
}

// inquire finds out how far an operation has come. Known is false where it stays in
// doubt.
func (r *run) inquire(ctx context.Context, step Step) (known bool, err error) {
	d := r.progress.Direction
	list, known := inquiries(step, d)
	if !known {
		return false, nil
	}
	behind := make([]bool, len(list))
	for i, inquiry := range list {
		v, err := r.ask(ctx, step, inquiry)
		if err != nil {
			return false, r.failure(ctx, step, Statement{}, err)
		}
		behind[i] = v == asAfter
	}
	return r.conclude(ctx, step, behind)
}

// ask returns the verdict of an inquiry after everything is tidied up.
func (r *run) ask(ctx context.Context, step Step, i inquiry) (verdict, error) {
	v, err := i.verdict(ctx, r.conn())
	if err != nil || v != halfWay {
		return v, err
	}
	sql, then, err := i.tidy(ctx, r.conn())
	if err != nil {
		return v, err
	}
	if err := r.exec(ctx, r.limitsOutside()+"; "+limitLocks(r.executor.options.buildTimeout())); err != nil {
		return v, err
	}
	return then, r.watched(ctx, step, Statement{SQL: sql})
}

// conclude records what was found out of the statements of a step: all of them are
// behind, or none. Where a part is, nothing is recorded: this run does the rest, and if
// it is interrupted the next one asks again.
func (r *run) conclude(ctx context.Context, step Step, behind []bool) (known bool, err error) {
	d := r.progress.Direction
	switch {
	case !slices.Contains(behind, false):
		return true, r.executor.Settle(ctx, r.script, step.Number, d == Up)
	case !slices.Contains(behind, true):
		return true, r.executor.book(ctx, func(tx pgx.Tx) error { return write(ctx, tx, r.script, d, failed, step) })
	}
	if d != r.direction {
		return false, nil
	}
	if r.behind == nil {
		r.behind = map[int][]bool{}
	}
	r.behind[step.Number] = behind
	return true, nil
}

// isBehind reports whether a statement of a step was run by an interrupted run.
func (r *run) isBehind(step Step, statement int) bool {
	list := r.behind[step.Number]
	return statement < len(list) && list[statement]
}
