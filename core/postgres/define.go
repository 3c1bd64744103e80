package postgres

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A census is the objects of a database before the scripts of an executor: what has
// changed after them is what they touched. The catalog is read twice, however many
// scripts there are.
type census struct {
	before objects // nil: not known
	ran    []Script
}

// define finds out what the objects are before the first script. What a script that was
// interrupted, or that is only recorded, has changed already is found by what is
// recorded; so is what a run before could not record any more.
func (r *run) define(ctx context.Context) error {
	e := r.executor
	if len(e.options.Definitions) == 0 || r.faked && r.direction == Down {
		return nil
	}
	e.census.ran = append(e.census.ran, r.script)
	if e.census.before != nil {
		return nil
	}
	recorded, err := readDefined(ctx, r.conn())
	if err != nil {
		return wrap("reading the recorded definitions", err)
	}
	head, list := split(recorded)
	last, err := e.last(ctx)
	switch {
	case err != nil:
	case head == nil:
		err = r.discover(ctx)
	case r.faked, r.progress.Interrupted(r.recorded), last != trace{head.App, head.Migration}:
		e.census.before = asRecorded(list)
	default:
		e.census.before, err = e.now(ctx)
	}
	return err
}

// split returns the row that says which migration was the last one when the objects
// were recorded, nil if nothing was, and the objects.
func split(recorded []DefinedObject) (*DefinedObject, []DefinedObject) {
	for i, o := range recorded {
		if o.Kind == "" {
			return &recorded[i], slices.Delete(slices.Clone(recorded), i, i+1)
		}
	}
	return nil, recorded
}

// last returns the migration that was applied last, zero if none is.
func (e *Executor) last(ctx context.Context) (trace, error) {
	applied, err := e.Applied(ctx)
	if err != nil || len(applied) == 0 {
		return trace{}, err
	}
	a := applied[len(applied)-1]
	return trace{a.App, a.ID}, nil
}

func (e *Executor) now(ctx context.Context) (objects, error) {
	found, err := e.db.Definitions(ctx, e.options.Definitions)
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
func (r *run) discover(ctx context.Context) error {
	e := r.executor
	before, err := e.now(ctx)
	if err != nil {
		return err
	}
	if r.faked {
		e.census.before = objects{}
		return nil
	}
	applied, err := e.Applied(ctx)
	if err != nil {
		return err
	}
	e.census.before = before
	ours := len(applied) > 0 || r.progress.Interrupted(r.recorded)
	return e.book(ctx, func(tx pgx.Tx) error {
		err := e.rewrite(ctx, tx, nil, before, func(detect.Definition) (string, string, bool) { return "", "", ours })
		return wrap("recording the definitions", err)
	})
}

// Remember records how the server defines what the scripts since the lock was taken
// have touched. Where it is not called, as the process ended before, the next run finds
// it out.
func (e *Executor) Remember(ctx context.Context) error {
	if len(e.census.ran) == 0 || e.census.before == nil || e.db.conn.IsClosed() {
		return nil
	}
	var now objects
	err := e.book(ctx, func(tx pgx.Tx) (err error) {
		if now, err = e.readNow(ctx, tx); err != nil {
			return err
		}
		gone, touched := changes(e.census.before, now)
		return e.rewrite(ctx, tx, gone, touched, e.census.toucher)
	})
	if err == nil {
		e.census = census{before: now}
	}
	return wrap("recording the definitions", err)
}

// changes returns the keys of what is not as it was, and the objects that are there.
func changes(before, now objects) (gone []string, touched objects) {
	touched = objects{}
	for key := range before {
		if _, there := now[key]; !there {
			gone = append(gone, key)
		}
	}
	for key, d := range now {
		if was, there := before[key]; !there || was.Text() != d.Text() || was.Whole != d.Whole {
			gone, touched[key] = append(gone, key), d
		}
	}
	return gone, touched
}

// toucher returns the script that touched an object: the last one that has its name.
func (c census) toucher(d detect.Definition) (app, migration string, ours bool) {
	name := strings.Trim(d.Name[strings.LastIndexByte(d.Name, '.')+1:], `"`)
	for _, s := range slices.Backward(c.ran) {
		if strings.Contains(s.Text, name) {
			return s.App, s.ID, true
		}
	}
	last := c.ran[len(c.ran)-1]
	return last.App, last.ID, true
}

// owners returns what is recorded of each object.
func owners(list []DefinedObject) map[string]DefinedObject {
	found := map[string]DefinedObject{}
	for _, o := range list {
		found[o.Key()] = o
	}
	return found
}

func keysOf[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
