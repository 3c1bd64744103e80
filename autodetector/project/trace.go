package project

import (
	"context"
	"fmt"
	"sync"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Trace is the calls of a plugin in their order.
type Trace struct {
	Calls []Call
}

// A Call is what a plugin was asked, and what it answered.
type Call struct {
	Pass   detect.Pass
	Result detect.Result
	Err    error
}

// Trace plans, and returns what a plugin was asked. Nobody is asked a question and
// nothing is written. What is wrong with the plan is returned with what was said
// until then. The plugin itself has to answer: keep no results in plugins.Options.
func (p *Project) Trace(ctx context.Context, name string) (*Trace, error) {
	input, _, err := p.input(ctx)
	if err != nil {
		return nil, err
	}
	traced := &tracer{}
	for i, d := range input.Plugins {
		if d.Manifest().Name == name {
			traced.Detector, input.Plugins[i] = d, traced
		}
	}
	if traced.Detector == nil {
		return nil, ArgumentError{fmt.Sprintf("the project has no plugin %q", name)}
	}
	_, found, err := autodetector.Run(ctx, input)
	if err == nil {
		err = found.Err()
	}
	return &Trace{Calls: traced.calls}, err
}

// A tracer is a detector that keeps what it is asked and what it answers.
type tracer struct {
	detect.Detector
	mu    sync.Mutex
	calls []Call
}

// Unwrap returns the detector, which may be able to do more.
func (t *tracer) Unwrap() detect.Detector { return t.Detector }

// Detect asks the detector.
func (t *tracer) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	answer, err := t.Detector.Detect(ctx, pass)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = append(t.calls, Call{Pass: pass, Result: answer, Err: err})
	return answer, err
}
