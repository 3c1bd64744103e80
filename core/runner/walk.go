package runner

import (
	"context"
	"time"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Walk is how a way is gone.
type Walk struct {
	Executor *postgres.Executor
	// Fake changes the record only, and runs nothing.
	Fake bool
	// Observer returns who is told what is run of a script; nil: nobody.
	Observer func(s postgres.Script) postgres.Observer
	// Done is told of each stage that is behind; nil: nobody.
	Done func(stage Stage, took time.Duration)
}

// Go goes a way, one stage after another. After an error, the stages that Done was
// told of stay as they are. A way back is not guarded here: see Guard.
func (w Walk) Go(ctx context.Context, way Way) error {
	err := w.stages(ctx, way)
	if n := len(way.Stages); n > 0 {
		w.remember(ctx, way.Stages[n-1].Script)
	}
	return err
}

// remember records how the server defines what was touched. The migrations are run by
// then: that it fails is told, and the next run does it.
func (w Walk) remember(ctx context.Context, last postgres.Script) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if err := w.Executor.Remember(ctx); err != nil {
		w.observer(last).Notice("WARNING", "drift does not know of these migrations before the next run: "+err.Error())
	}
}

func (w Walk) stages(ctx context.Context, way Way) error {
	for _, stage := range way.Stages {
		started := time.Now()
		if err := w.step(ctx, stage.Script, way.Direction); err != nil {
			return err
		}
		if w.Done != nil {
			w.Done(stage, time.Since(started))
		}
	}
	return nil
}

func (w Walk) step(ctx context.Context, s postgres.Script, d postgres.Direction) error {
	switch {
	case w.Fake:
		return w.Executor.Fake(ctx, s, d)
	case d == postgres.Down:
		return w.Executor.Rollback(ctx, s, w.observer(s))
	}
	return w.Executor.Apply(ctx, s, w.observer(s))
}

func (w Walk) observer(s postgres.Script) postgres.Observer {
	if w.Observer == nil {
		return postgres.Silent{}
	}
	return w.Observer(s)
}
