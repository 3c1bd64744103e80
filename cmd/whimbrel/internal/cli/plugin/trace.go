package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newTrace(s *input.Session) *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "trace NAME",
		Short: "Print what a plugin is asked by make at this moment, and what it answers, as JSON",
		Long: `Print what a plugin is asked by make at this moment, and what it answers, as JSON.

--record writes each question as NAME-1.request.json, which "--detect" of the plugin's
executable reads from its standard input, and each answer as NAME-1.response.json.`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			found, err := trace(ctx, s, args[0])
			if traced, ok := found.(traceResult); ok && folder != "" {
				err = errors.Join(err, traced.record(folder))
			}
			return found, err
		}),
	}
	c.Flags().StringVar(&folder, "record", "", "`FOLDER` to write questions and answers to")
	return c
}

// trace plans as make does, writes nothing, and asks nobody.
func trace(ctx context.Context, s *input.Session, name string) (output.Result, error) {
	s.AskAgain()
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	traced, err := p.Trace(ctx, name)
	if traced == nil {
		return nil, err
	}
	return newTraceResult(name, traced.Calls), err
}

type traceResult struct {
	Plugin string `json:"plugin"`
	Calls  []call `json:"calls"`
}

// A call is what the plugin was asked, and what it answered.
type call struct {
	Changes []detect.Change `json:"changes"`
	Facts   []detect.Fact   `json:"facts,omitempty"`
	Config  json.RawMessage `json:"config,omitempty"`
	Result  detect.Result   `json:"result"`
	Error   string          `json:"error,omitempty"`

	pass detect.Pass
}

func newTraceResult(name string, calls []project.Call) traceResult {
	r := traceResult{Plugin: name}
	for _, c := range calls {
		line := call{Changes: c.Pass.Changes, Facts: c.Pass.Facts, Config: c.Pass.Config, Result: c.Result, pass: c.Pass}
		if c.Err != nil {
			line.Error = c.Err.Error()
		}
		r.Calls = append(r.Calls, line)
	}
	return r
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

func (r traceResult) Print(p *output.Printer) { p.JSON(r) }
