package conformance

import "context"

// eachFrom takes a database from one stage to each of some others and back. At each it
// has to be as one that was made as that at once.
func (t *trial) eachFrom(ctx context.Context, check string, from stage, others []stage) {
	if t.Database == nil || len(others) == 0 || t.unplannable() {
		return
	}
	empty := stage{name: "nothing", declared: nothing()}
	db, clean, why := t.brought(ctx, empty, from)
	for _, to := range others {
		if ctx.Err() != nil || why != "" {
			break
		}
		var want string
		if want, why = t.atOnce(ctx, empty, to); why != "" {
			t.wrongOn(check, "nothing to "+to.name, why)
			break
		}
		why = t.thereAndBack(ctx, db, from, to, want)
		if why != "" {
			t.wrongOn(check, from.name+" to "+to.name, why)
		}
	}
	if db != nil {
		t.emptied(ctx, db, clean, from, empty)
	}
}

// brought returns a new database that was made as a stage, and what it was like before.
func (t *trial) brought(ctx context.Context, empty, to stage) (db *database, clean, why string) {
	db, clean, err := t.connect(ctx)
	if err != nil {
		return nil, "", err.Error()
	}
	r, why := t.way(ctx, db, empty, to)
	if why == "" {
		why = r.up(ctx)
	}
	return db, clean, why
}

// way returns what runs the operations between two stages.
func (t *trial) way(ctx context.Context, db *database, from, to stage) (*runner, string) {
	operations, failure := t.plan(ctx, from, to, &recorder{Detector: t.Detector})
	if failure != nil {
		return nil, failure.why
	}
	return &runner{trial: t, db: db, states: replayed(from.declared.State, operations), operations: operations}, ""
}

// atOnce returns what a database is like that was made as a stage at once.
func (t *trial) atOnce(ctx context.Context, empty, to stage) (like, why string) {
	db, clean, why := t.brought(ctx, empty, to)
	if why == "" {
		var err error
		if like, err = db.Snapshot(ctx); err != nil {
			why = err.Error()
		}
	}
	if db != nil {
		t.emptied(ctx, db, clean, to, empty)
	}
	return like, why
}

// emptied takes a database back to nothing, so that it can be used again.
func (t *trial) emptied(ctx context.Context, db *database, clean string, from, empty stage) {
	if r, why := t.way(ctx, db, from, empty); why == "" {
		_ = r.up(ctx) // what does not go is seen by who looks whether it is empty
	}
	if t.spare == nil {
		t.giveBack(ctx, db, clean)
		return
	}
	db.Close()
}

// thereAndBack takes a database to another stage and back, and returns what is wrong.
func (t *trial) thereAndBack(ctx context.Context, db *database, from, to stage, want string) string {
	before, err := db.Snapshot(ctx)
	if err != nil {
		return err.Error()
	}
	r, why := t.way(ctx, db, from, to)
	if why == "" {
		why = r.up(ctx)
	}
	if why != "" {
		return why
	}
	if after, err := db.Snapshot(ctx); err != nil || after != want {
		return "the database is another than the one that was made at once: " + difference(want, after)
	}
	if why := r.down(ctx); why != "" {
		return "back: " + why
	}
	if back, err := db.Snapshot(ctx); err != nil || back != before {
		return "going back leaves the database otherwise than it was: " + difference(before, back)
	}
	return ""
}
