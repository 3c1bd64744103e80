// Package conformance checks that a detector keeps the promises that the
// autodetector relies on: equal answers to equal passes, nothing where nothing
// has changed, plans that lead where they should and back, nothing that is not
// its own, any name quoted, and SQL that a server takes.
//
// It runs any detect.Detector: one in the program or the executable of a plugin.
// sdk/sdktest puts it into Go tests, "whimbrel plugin test" on the command line.
package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Subject is what is checked.
type Subject struct {
	Detector detect.Detector
	// Models are states of a project in the model language, one after another.
	// The plugin is taken from nothing through all of them and back to nothing.
	Models []Models
	// Database returns the URL of another empty database each time. Without it no
	// SQL is run.
	Database func(context.Context) (string, error)
	// Limit is how long one pass may take; zero: five seconds.
	Limit time.Duration
}

// Models are the model files of an app as one text.
type Models struct{ Name, Text string }

// A Report says what was checked and what is wrong.
type Report struct {
	Checks []Check `json:"checks"`
}

// A Check is one promise.
type Check struct {
	Name     string   `json:"name"`
	Problems []string `json:"problems,omitempty"`
	// Skipped is why it could not be checked.
	Skipped string `json:"skipped,omitempty"`
}

// Failed reports whether any promise is broken.
func (r Report) Failed() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return len(c.Problems) > 0 })
}

// The promises, in the order in which they are checked.
const (
	manifestCheck    = "the manifest is valid"
	modelsCheck      = "the models can be read and planned"
	determinismCheck = "equal passes give equal answers, in any order"
	nothingCheck     = "no change gives no operation"
	ownershipCheck   = "operations are its own, and whole"
	convergenceCheck = "a plan leads to the wanted state"
	inverseCheck     = "there is a way back"
	hostileCheck     = "any name of a table or column is quoted"
	limitCheck       = "a pass ends in time"
	renameCheck      = "a renamed table or column leaves what would be made at once"
	serverCheck      = "PostgreSQL takes it up, down and up again"
)

var checks = []string{
	manifestCheck, modelsCheck, determinismCheck, nothingCheck, ownershipCheck,
	convergenceCheck, inverseCheck, hostileCheck, limitCheck, serverCheck, renameCheck,
}

// Run checks a detector. The error is that of the context; whatever a detector
// does wrong is in the report.
func Run(ctx context.Context, subject Subject) (Report, error) {
	if subject.Limit == 0 {
		subject.Limit = 5 * time.Second
	}
	t := &trial{Subject: subject, problems: map[string][]string{}, skipped: map[string]string{}}
	t.manifest()
	if len(t.problems[manifestCheck]) == 0 {
		t.walk(ctx)
	}
	return t.report(), ctx.Err()
}

// A trial is a run of the checks.
type trial struct {
	Subject
	problems map[string][]string // by check
	skipped  map[string]string
}

// wrong records a problem. The first ten of a check are enough.
func (t *trial) wrong(check, format string, args ...any) {
	if len(t.problems[check]) < 10 {
		t.problems[check] = append(t.problems[check], fmt.Sprintf(format, args...))
	}
}

func (t *trial) report() Report {
	var r Report
	for _, name := range checks {
		r.Checks = append(r.Checks, Check{Name: name, Problems: t.problems[name], Skipped: t.skipped[name]})
	}
	return r
}

// walk takes the detector through the models, with plain and with hostile names.
func (t *trial) walk(ctx context.Context) {
	if len(t.Models) == 0 {
		t.skipped[modelsCheck] = "there are no models; a sample was made from the manifest"
		t.skipped[serverCheck] = "there are no models"
		t.Models, t.Database = t.sample(ctx), nil
	}
	if t.Database == nil && t.skipped[serverCheck] == "" {
		t.skipped[serverCheck] = "there is no server"
	}
	if t.Database == nil {
		t.skipped[renameCheck] = t.skipped[serverCheck]
	}
	states, ok := t.read(ctx)
	if !ok {
		for _, check := range checks[2:] {
			t.skipped[check] = "the models cannot be read"
		}
		return
	}
	t.through(ctx, states, "")
	hard, ok := renamed(states)
	if !ok {
		t.skipped[hostileCheck] = "the models name columns in sql(\"...\")"
		t.skipped[renameCheck] = t.skipped[hostileCheck]
		t.serve(ctx, serverCheck, states, nil)
		return
	}
	t.through(ctx, hard, hostileCheck)
	t.serve(ctx, serverCheck, states, nil)
	made := t.serve(ctx, hostileCheck, hard, nil)
	for i := range states[1 : len(states)-1] {
		t.serve(ctx, renameCheck, []stage{states[0], states[i+1], hard[i+1], states[0]}, made)
	}
}
