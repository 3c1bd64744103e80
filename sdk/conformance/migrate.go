package conformance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Migrate takes an empty database through models, so that what a plugin makes
// can be tried. The error says which models could not be read, planned or made.
func Migrate(ctx context.Context, url string, detector detect.Detector, models ...Models) error {
	t := aside(detector, models...)
	stages, ok := t.read(ctx)
	if !ok {
		return errors.New(t.problems[modelsCheck][0])
	}
	db, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	for i := range models {
		operations, failure := t.plan(ctx, stages[i], stages[i+1], &recorder{Detector: detector})
		if failure != nil {
			return fmt.Errorf("%s: %s", models[i].Name, failure.why)
		}
		r := &runner{trial: t, db: &database{Database: db, url: url}, operations: operations, states: replayed(stages[i].declared.State, operations)}
		if why := r.up(ctx); why != "" {
			return fmt.Errorf("%s: %s", models[i].Name, why)
		}
	}
	return nil
}

// Plan returns the SQL that makes models where there is nothing. The error says
// what is wrong with them.
func Plan(ctx context.Context, detector detect.Detector, models Models) (string, error) {
	t := aside(detector, models)
	stages, ok := t.read(ctx)
	if !ok {
		return "", errors.New(t.problems[modelsCheck][0])
	}
	operations, failure := t.plan(ctx, stages[0], stages[1], &recorder{Detector: detector})
	if failure != nil {
		return "", errors.New(failure.why)
	}
	var b strings.Builder
	for _, op := range operations {
		for _, statement := range op.Up {
			b.WriteString(statement.Text() + ";\n")
		}
	}
	return b.String(), nil
}

// aside returns a trial whose findings nobody reads.
func aside(detector detect.Detector, models ...Models) *trial {
	return newTrial(Subject{Detector: detector, Models: models, Limit: time.Minute})
}
