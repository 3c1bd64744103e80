package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

func newPluginTrace(s *session) *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "trace NAME",
		Short: "Print what a plugin is asked by make at this moment, and what it answers, as JSON",
		Long: `Print what a plugin is asked by make at this moment, and what it answers, as JSON.

--record writes each question as NAME-1.request.json, which "--detect" of the plugin's
executable reads from its standard input, and each answer as NAME-1.response.json.`,
		Args: cobra.ExactArgs(1),
		RunE: s.runE(func(ctx context.Context, args []string) (result, error) {
			found, err := s.pluginTrace(ctx, args[0])
			if traced, ok := found.(traceResult); ok && folder != "" {
				err = errors.Join(err, traced.record(folder))
			}
			return found, err
		}),
	}
	c.Flags().StringVar(&folder, "record", "", "`FOLDER` to write questions and answers to")
	return c
}

// pluginTrace plans as make does, writes nothing, and asks nobody. What is wrong
// with the plan is returned with what was said until then.
func (s *session) pluginTrace(ctx context.Context, name string) (result, error) {
	s.plugins.noCache = true // the plugin itself has to answer
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
	list := w.plugins()
	traced := &tracer{}
	for i, d := range list {
		if d.Manifest().Name == name {
			traced.Detector, list[i] = d, traced
		}
	}
	if traced.Detector == nil {
		return nil, usage(fmt.Errorf("the project has no plugin %q", name))
	}
	_, found, err := autodetector.Run(ctx, autodetector.Input{
		From: p.from, Declaration: declaration, Detectors: builtin.Detectors(), Plugins: list, Configs: w.configs(),
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

	pass detect.Pass
}

// Detect asks the detector.
func (t *tracer) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	answer, err := t.Detector.Detect(ctx, pass)
	call := tracedCall{Changes: pass.Changes, Facts: pass.Facts, Config: pass.Config, Result: answer, pass: pass}
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

// record writes the calls as files.
func (r traceResult) record(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for i, call := range r.Calls {
		begin := filepath.Join(folder, fmt.Sprintf("%s-%d.", r.Plugin, i+1))
		request, err := protocol.RecordRequest(call.pass)
		if err != nil {
			return fmt.Errorf("writing a request as JSON: %w", err)
		}
		response, err := protocol.RecordResponse(call.Result)
		if err != nil {
			return fmt.Errorf("writing a response as JSON: %w", err)
		}
		if err := os.WriteFile(begin+"request.json", request, 0o600); err != nil {
			return err
		}
		if err := os.WriteFile(begin+"response.json", response, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (r traceResult) print(p *printer) {
	encoder := json.NewEncoder(p.w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(r) // the stream's own error shows in whatever is printed next
}
