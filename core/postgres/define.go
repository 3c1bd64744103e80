package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// define finds out what the objects are before a script. What a script that was
// interrupted, or that is only recorded, has changed already is found by what is
// recorded.
func (r *run) define(ctx context.Context) error {
	e := r.executor
	if len(e.options.Definitions) == 0 {
		return nil
	}
	recorded, err := readDefined(ctx, r.conn())
	switch {
	case err != nil:
		return wrap("reading the recorded definitions", err)
	case len(recorded) == 0:
		err = r.discover(ctx)
	case r.faked || r.progress.Interrupted(r.recorded):
		r.before = asRecorded(recorded)
	case e.defined != nil:
		r.before = e.defined
	default:
		r.before, err = r.now(ctx)
	}
	e.defined, r.after = nil, r.before
	return err
}

func (r *run) now(ctx context.Context) (objects, error) {
	found, err := r.executor.db.Definitions(ctx, r.executor.options.Definitions)
	return byKey(found), err
}

// asRecorded returns what was recorded, in which the text is all in one.
func asRecorded(list []DefinedObject) objects {
	found := objects{}
	for _, o := range list {
		found[o.Key()] = detect.Definition{Kind: o.Kind, Schema: o.Schema, Name: o.Name, Whole: o.Whole, Create: o.Text}
	}
	return found
}

// discover records the objects of a database of which nothing is recorded. Before the
// first migration they are somebody else's.
func (r *run) discover(ctx context.Context) (err error) {
	if r.before, err = r.now(ctx); err != nil || r.faked {
		r.before = objects{}
		return err
	}
	applied, err := r.executor.Applied(ctx)
	if err != nil {
		return err
	}
	ours := len(applied) > 0 || r.progress.Interrupted(r.recorded)
	return r.executor.book(ctx, func(tx pgx.Tx) error {
		err := rewrite(ctx, tx, []string{}, r.before, func(detect.Definition) (string, string, bool) { return "", "", ours })
		return wrap("recording the definitions", err)
	})
}

// redefine records what the steps of a transaction have touched.
func (r *run) redefine(ctx context.Context, on execer) error {
	if len(r.executor.options.Definitions) == 0 || r.faked && r.direction == Down {
		return nil
	}
	now, err := r.executor.readNow(ctx, r.conn())
	if err != nil {
		return wrap("reading the definitions", err)
	}
	gone, touched := []string{}, objects{}
	for key := range r.before {
		if _, there := now[key]; !there {
			gone = append(gone, key)
		}
	}
	for key, d := range now {
		if was, there := r.before[key]; !there || was.Text() != d.Text() || was.Whole != d.Whole {
			gone, touched[key] = append(gone, key), d
		}
	}
	r.after = now
	err = rewrite(ctx, on, gone, touched, func(detect.Definition) (string, string, bool) { return r.script.App, r.script.ID, true })
	return wrap("recording the definitions", err)
}
