package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
)

func newPluginTrace(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "trace NAME",
		Short: "Print what a plugin is asked by make at this moment, and what it answers, as JSON",
		Args:  cobra.ExactArgs(1),
		RunE: s.runE(func(ctx context.Context, args []string) (result, error) {
			return s.pluginTrace(ctx, args[0])
		}),
	}
}

// pluginTrace plans as make does, writes nothing, and asks nobody. What is wrong
// with the plan is returned with what was said until then.
func (s *session) pluginTrace(ctx context.Context, name string) (result, error) {
	w, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	declaration, err := s.declared(ctx, w)
	if err != nil {
		return nil, err
	}
	p := &planning{session: s, project: w.project, workspace: w}
	if err := p.replay(); err != nil {
		return nil, err
	}
	detectors := w.detectors()
	traced := &tracer{}
	for i, d := range detectors {
		if d.Manifest().Name == name {
			traced.Detector, detectors[i] = d, traced
		}
	}
	if traced.Detector == nil {
		return nil, usage(fmt.Errorf("the project has no plugin %q", name))
	}
	_, found, err := autodetector.Run(ctx, autodetector.Input{
		From: p.from, Declaration: declaration, Detectors: detectors, Configs: w.configs(), Match: match,
	})
	if err == nil {
		err = found.Err()
	}
	return traceResult{Plugin: name, Calls: traced.calls}, err
}

// A tracer is a detector that keeps what it is asked and what it answers.
type tracer struct {
	detect.Detector
	mu    sync.Mutex
	calls []tracedCall
}

type tracedCall struct {
	Changes []detect.Change `json:"changes"`
	Facts   []detect.Fact   `json:"facts,omitempty"`
	Config  json.RawMessage `json:"config,omitempty"`
	Result  detect.Result   `json:"result"`
	Error   string          `json:"error,omitempty"`
}

// Detect asks the detector.
func (t *tracer) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	answer, err := t.Detector.Detect(ctx, pass)
	call := tracedCall{Changes: pass.Changes, Facts: pass.Facts, Config: pass.Config, Result: answer}
	if err != nil {
		call.Error = err.Error()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = append(t.calls, call)
	return answer, err
}

type traceResult struct {
	Plugin string       `json:"plugin"`
	Calls  []tracedCall `json:"calls"`
}

func (r traceResult) print(p *printer) {
	encoder := json.NewEncoder(p.w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(r) // the stream's own error shows in whatever is printed next
}
