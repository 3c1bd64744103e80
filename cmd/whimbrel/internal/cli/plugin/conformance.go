package plugin

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk/conformance"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A conformanceRun is the flags of "plugin test".
type conformanceRun struct {
	models, former, config string
	before                 []string
	dry                    bool
}

func newTest(s *input.Session) *cobra.Command {
	var run conformanceRun
	c := &cobra.Command{
		Use:   "test NAME",
		Short: "Check that a plugin keeps what is promised of every plugin",
		Long: `Check that a plugin keeps what is promised of every plugin.

NAME is the path of an executable, or a plugin of whimbrel or of the project. The
files *.hcl in the folder of --models are states of a project; the plugin is taken
through them in the order of their names, up, down and up again, on a throw-away
PostgreSQL server. Without them samples are made from the manifest, and no SQL is
run. The files *.json in the folder of --former are objects as former versions of
the plugin have left them, with what they are today:

  {"kind": "room.room", "version": 0, "attrs": {"pages": 90}, "want": {"percent": 90}}

There is a line for each promise, and what to do for one that is broken; then the
exit code is 1.`,
		Example: "  whimbrel plugin test ./whimbrel-plugin-fillfactor --models testdata/models",
		Args:    cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return test(ctx, s, args[0], run)
		}),
	}
	c.Flags().StringVar(&run.models, "models", "", "`FOLDER` of model files, each one state")
	c.Flags().StringVar(&run.former, "former", "", "`FOLDER` of objects of former versions")
	c.Flags().StringVar(&run.config, "config", "", "the plugin's configuration as `JSON`")
	c.Flags().StringArrayVar(&run.before, "before", nil, "`STATEMENT` that each database has run before, such as \"CREATE ROLE reader\"")
	c.Flags().BoolVar(&run.dry, "no-server", false, "run no SQL")
	return c
}

func test(ctx context.Context, s *input.Session, asked string, run conformanceRun) (_ output.Result, err error) {
	subject, err := run.subject()
	if err != nil {
		return nil, output.Usage(err)
	}
	detector, done, err := find(ctx, s, asked)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if run.models != "" && !run.dry {
		server, err := scratch.Start(ctx)
		if err != nil {
			return nil, err
		}
		defer func() { _ = server.Close() }() // it ends with this process anyway
		subject.Database = func(ctx context.Context) (string, error) {
			return server.CreateDatabase(ctx, "whimbrel_plugin_"+strings.ToLower(rand.Text()[:12]))
		}
	}
	subject.Detector, subject.Program = detector, program(s, asked, detector.Manifest().Name)
	report, err := conformance.Run(ctx, subject)
	if err == nil && report.Failed() {
		err = fmt.Errorf("plugin %q does not keep what is promised of it", detector.Manifest().Name)
	}
	return reportResult{report}, err
}

// subject returns what the flags say of a run.
func (r conformanceRun) subject() (subject conformance.Subject, err error) {
	subject.Before = r.before
	if r.models != "" {
		if subject.Models, err = conformance.ReadModels(r.models); err != nil {
			return subject, err
		}
	}
	if r.former != "" {
		if subject.Former, err = conformance.ReadFormer(r.former); err != nil {
			return subject, err
		}
	}
	if r.config != "" {
		if subject.Config, err = state.Encode(json.RawMessage(r.config)); err != nil {
			return subject, fmt.Errorf("--config is no JSON: %w", err)
		}
	}
	return subject, nil
}

// program returns what serves a plugin: the executable that is named, or this
// program for one of its own.
func program(s *input.Session, asked, name string) []string {
	if strings.ContainsAny(asked, `/\`) {
		if path, err := filepath.Abs(asked); err == nil {
			return []string{path}
		}
		return nil
	}
	self, err := os.Executable()
	if err != nil || linked(s, asked) == nil {
		return nil
	}
	return []string{self, "plugin", "serve", name}
}

type reportResult struct {
	conformance.Report
}

func (r reportResult) Print(p *output.Printer) {
	for _, check := range r.Checks {
		if p.Quiet && len(check.Problems) == 0 {
			continue
		}
		switch {
		case len(check.Problems) > 0:
			p.Line("%s %s", p.Red("FAIL"), check.Name)
		case check.Skipped != "":
			p.Line("%s %s: %s", p.Yellow("--  "), check.Name, check.Skipped)
		default:
			p.Line("%s %s", p.Green("ok  "), check.Name)
		}
		for _, problem := range check.Problems {
			p.Line("     %s", strings.ReplaceAll(problem, "\n", "\n     "))
		}
		if check.Next != "" {
			p.Line("     %s %s", p.Bold("what to do:"), check.Next)
		}
		for _, note := range check.Notes {
			p.Line("     note: %s", note)
		}
	}
}
