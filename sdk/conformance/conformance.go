// Package conformance checks that a detector keeps the promises that the
// autodetector relies on: equal answers to equal passes, wherever and however it
// runs; nothing where nothing has changed; plans that lead where they should and
// back; nothing that is not its own; any name quoted; and SQL that a server takes
// with the locks that were claimed.
//
// It runs any detect.Detector: one in the program or the executable of a plugin.
// sdk/sdktest puts it into Go tests, "whimbrel plugin test" on the command line.
package conformance

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Subject is what is checked.
type Subject struct {
	Detector detect.Detector
	// Models are states of a project in the model language, one after another.
	// The plugin is taken from nothing through all of them and back to nothing.
	Models []Models
	// Config is the plugin's configuration, as canonical JSON.
	Config json.RawMessage
	// Former are objects of former versions that have to be upgraded.
	Former []Former
	// Beside are other plugins, whose options the models may have.
	Beside []detect.Detector
	// Before are statements that a database has run before any model is in it: what the
	// plugin needs and does not make, such as a role or an extension. What is there
	// already, as a role is that belongs to a server, is no mistake.
	Before []string
	// Answers are what users say to questions, as the flags --default and --using do.
	// Each is given where it answers something.
	Answers autodetector.Answers
	// Program is the path and the arguments of what serves the detector as a
	// process. Without it nothing is said about processes.
	Program []string
	// Database returns the URL of another empty database each time. Without it no
	// SQL is run.
	Database func(context.Context) (string, error)
	// Limit is how long one pass may take; zero: five seconds.
	Limit time.Duration
	// Many is the number of models in a large project; zero: ten thousand.
	Many int
	// Budget is how long a pass over so many may take without a note; zero: ten seconds.
	Budget time.Duration
}

// Models are the model files of an app as one text.
type Models struct{ Name, Text string }

// A Report says what was checked and what is wrong.
type Report struct {
	Plugin string  `json:"plugin"` // name and version
	Checks []Check `json:"checks"`
}

// A Check is one promise.
type Check struct {
	Name     string   `json:"name"`
	Problems []string `json:"problems,omitempty"`
	// Next is what to do about the problems.
	Next string `json:"next,omitempty"`
	// Notes are worth a look; no promise is broken.
	Notes []string `json:"notes,omitempty"`
	// Skipped is why it could not be checked.
	Skipped string `json:"skipped,omitempty"`
}

// Failed reports whether any promise is broken.
func (r Report) Failed() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return len(c.Problems) > 0 })
}

// Run checks a detector. The error is that of the context; whatever a detector
// does wrong is in the report.
func Run(ctx context.Context, subject Subject) (Report, error) {
	subject.Limit = orDefault(subject.Limit, 5*time.Second)
	subject.Budget = orDefault(subject.Budget, 10*time.Second)
	subject.Many = orDefault(subject.Many, 10_000)
	t := newTrial(subject)
	t.manifest()
	if len(t.problems[manifestCheck]) == 0 {
		t.walk(ctx)
		if t.spare != nil {
			t.spare.Close()
		}
	} else {
		t.skipRest(manifestCheck, "the manifest has to be mended first")
	}
	return t.report(), ctx.Err()
}

func orDefault[T time.Duration | int](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}

// A trial is a run of the checks.
type trial struct {
	Subject
	passes   []detect.Pass // what the detector was asked on the way through the models
	spare    *database     // an empty one, or nil
	pasts    map[*state.State][]operation.Operation
	problems map[string][]string // by check
	ways     map[string]*problem // of failures, by why
	notes    map[string][]string
	skipped  map[string]string
	reader   *parser.Parser // of the SQL that is emitted
}

func newTrial(subject Subject) *trial {
	return &trial{
		Subject: subject, problems: map[string][]string{}, ways: map[string]*problem{}, notes: map[string][]string{},
		skipped: map[string]string{}, reader: parser.New(nil), pasts: map[*state.State][]operation.Operation{},
	}
}

// wrong records a problem, once. The first ten of a check are enough.
func (t *trial) wrong(check, format string, args ...any) {
	problem := fmt.Sprintf(format, args...)
	if len(t.problems[check]) < 10 && !slices.Contains(t.problems[check], problem) {
		t.problems[check] = append(t.problems[check], problem)
	}
}

func (t *trial) note(check, format string, args ...any) {
	t.notes[check] = append(t.notes[check], fmt.Sprintf(format, args...))
}

// skip says why checks cannot be made, unless it was said already.
func (t *trial) skip(why string, checks ...string) {
	for _, check := range checks {
		if t.skipped[check] == "" && len(t.problems[check]) == 0 {
			t.skipped[check] = why
		}
	}
}

// skipRest skips all checks behind one.
func (t *trial) skipRest(check, why string) {
	behind := false
	for _, p := range promises {
		if behind {
			t.skip(why, p.check)
		}
		behind = behind || p.check == check
	}
}

func (t *trial) report() Report {
	m := t.Detector.Manifest()
	r := Report{Plugin: m.Name + " " + m.Version}
	for _, p := range promises {
		c := Check{Name: p.check, Problems: t.problemsOf(p.check), Notes: t.notes[p.check], Skipped: t.skipped[p.check]}
		if len(c.Problems) > 0 {
			c.Next = cmp.Or(refused(c.Problems), nextOf(p.next, p.alone, m.Options))
		}
		r.Checks = append(r.Checks, c)
	}
	return r
}
