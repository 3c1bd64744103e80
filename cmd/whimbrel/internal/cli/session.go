package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A session is one run of one command: the App, the flags that every command
// takes, and what the command found.
type session struct {
	App
	dir     string
	format  string
	quiet   bool
	verbose bool
	noColor bool
	plugins pluginUse

	ctx         context.Context
	command     string
	result      result
	diagnostics diag.List
}

// A result is what a command found: text for people, or marshalled as JSON.
type result interface {
	print(p *printer)
}

// runE adapts a command to cobra and keeps its result for finish.
func (s *session) runE(do func(ctx context.Context, args []string) (result, error)) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		s.ctx, s.command = c.Context(), c.Name()
		found, err := do(c.Context(), args)
		s.result = found
		return err
	}
}

// finish prints the result and the error, and returns the exit code.
func (s *session) finish(err error) int {
	ctx := s.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	code := exitCode(ctx, err)
	if s.format == formatJSON {
		s.printDocument(code, err)
	} else if s.result != nil {
		s.result.print(s.out())
	}
	s.printError(code, err)
	return code
}

// printError tells a person what went wrong.
func (s *session) printError(code int, err error) {
	list := diagnosticsOf(err)
	switch {
	case err == nil || err.Error() == "":
	case list != nil:
		s.report(list)
	case code == exitUsage:
		fmt.Fprintf(s.Err, "%s %s\n", s.err().red("Error:"), diag.Escape(err.Error()))
		fmt.Fprintln(s.Err, "\n  Next: whimbrel help, or whimbrel COMMAND --help")
	case code == exitInterrupted:
		fmt.Fprintf(s.Err, "%s %s\n", s.err().red("Interrupted:"), diag.Escape(err.Error()))
	default:
		fmt.Fprintf(s.Err, "%s %s\n", s.err().red("Error:"), diag.Escape(err.Error()))
	}
}

// report prints diagnostics with the lines of the files they are about.
func (s *session) report(list diag.List) {
	// Nothing can be told to a person when stderr is gone.
	_ = diag.Write(s.Err, list.Sorted(), s.source, s.err().color)
}

// warn reports what does not stop the command and keeps it for the JSON document.
func (s *session) warn(list diag.List) {
	s.diagnostics = append(s.diagnostics, list...)
	if len(list) > 0 && !s.quiet {
		s.report(list)
	}
}

// source returns the bytes of a file that a diagnostic is about.
func (s *session) source(file string) []byte {
	if !filepath.IsAbs(file) {
		file = filepath.Join(s.root(), file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return text
}

// root returns the folder of the project.
func (s *session) root() string {
	if s.dir == "" {
		return "."
	}
	return s.dir
}

// talk prints a line to stderr for a person who did not ask for quiet.
func (s *session) talk(format string, args ...any) {
	if !s.quiet {
		fmt.Fprintf(s.Err, format+"\n", args...)
	}
}

const (
	formatText = "text"
	formatJSON = "json"
)

// A document is the JSON form of a run: one for each, on stdout.
type document struct {
	FormatVersion string    `json:"format_version"`
	Command       string    `json:"command"`
	ExitCode      int       `json:"exit_code"`
	Error         string    `json:"error,omitempty"`
	Diagnostics   diag.List `json:"diagnostics,omitempty"`
	Result        result    `json:"result,omitempty"`
}

func (s *session) printDocument(code int, err error) {
	d := document{FormatVersion: "1", Command: s.command, ExitCode: code, Result: s.result, Diagnostics: s.diagnostics}
	d.Diagnostics = append(d.Diagnostics, diagnosticsOf(err)...).Sorted()
	if err != nil {
		d.Error = err.Error()
	}
	encoder := json.NewEncoder(s.Out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if failed := encoder.Encode(d); failed != nil {
		fmt.Fprintln(s.Err, "Error: writing JSON:", failed)
	}
}

// diagnosticsOf returns the diagnostics that an error consists of, nil if it is
// an error of another sort.
func diagnosticsOf(err error) diag.List {
	var list diag.List
	var one diag.Diagnostic
	var other interface{ Diagnostic() diag.Diagnostic }
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return diag.List{one}
	case errors.As(err, &other):
		return diag.List{other.Diagnostic()}
	}
	return nil
}
