package output

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Session is one run of one command: the process, the flags that every command
// takes, and what the command found.
type Session struct {
	Process
	Dir     string // folder of the project file
	Format  string // text, json or github
	Quiet   bool
	Verbose bool
	NoColor bool

	ctx         context.Context
	command     string
	result      Result
	streamed    bool // the document has begun to be written
	diagnostics diag.List
}

// A Result is what a command found: text for people, or marshalled as JSON.
type Result interface {
	Print(p *Printer)
}

// The forms of a result.
const (
	Text   = "text"
	JSON   = "json"
	GitHub = "github" // text, with diagnostics that GitHub Actions shows in a pull request
)

// NewSession returns a run in a process.
func NewSession(process Process) *Session { return &Session{Process: process} }

// AddFlags adds the flags of every command.
func (s *Session) AddFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&s.Dir, "dir", "C", ".", "`FOLDER` of the project file whimbrel.hcl")
	flags.StringVar(&s.Format, "format", Text, "`FORM` of the result on stdout: text, json, or github (text with annotations)")
	flags.BoolVarP(&s.Quiet, "quiet", "q", false, "print what was asked for and errors only")
	flags.BoolVarP(&s.Verbose, "verbose", "v", false, "print more")
	flags.BoolVar(&s.NoColor, "no-color", false, "no colours (as the variable NO_COLOR)")
}

// CheckFlags returns what is wrong with the flags of every command.
func (s *Session) CheckFlags() error {
	switch s.Format {
	case Text, JSON, GitHub:
		return nil
	}
	return Usage(fmt.Errorf("--format %s: want text, json or github", s.Format))
}

// Run adapts a command to cobra and keeps its result for Finish.
func (s *Session) Run(do func(ctx context.Context, args []string) (Result, error)) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		s.ctx, s.command = c.Context(), c.Name()
		found, err := do(c.Context(), args)
		s.result = found
		return err
	}
}

// Finish prints the result and the error, and returns the exit code.
func (s *Session) Finish(err error) int {
	ctx := s.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	code := ExitCode(ctx, err)
	switch {
	case s.streamed:
	case s.Format == JSON:
		s.printDocument(code, err)
	case s.result != nil && !(s.Quiet && spared(s.result)):
		s.result.Print(s.Stdout())
	}
	s.printError(code, err)
	return code
}

// printError tells a person what went wrong.
func (s *Session) printError(code int, err error) {
	list := Diagnostics(err)
	switch {
	case err == nil || err.Error() == "":
	case list != nil:
		s.Report(list)
	case code == ExitUsage:
		s.Stderr().Line("%s %s", s.Stderr().Red("Error:"), conceal(err.Error()))
		fmt.Fprintln(s.Err, "\n  Next: whimbrel help, or whimbrel COMMAND --help")
	case code == ExitInterrupted:
		s.Stderr().Line("%s %s", s.Stderr().Red("Interrupted:"), conceal(err.Error()))
	default:
		s.Stderr().Line("%s %s", s.Stderr().Red("Error:"), conceal(err.Error()))
	}
}

// Report prints diagnostics with the lines of the files they are about.
func (s *Session) Report(list diag.List) {
	if s.Format == GitHub {
		annotate(s.Out, concealed(list).Sorted())
	}
	// Nothing can be told to a person when stderr is gone.
	_ = diag.Write(s.Err, concealed(list).Sorted(), s.source, s.Stderr().Color)
}

// Warn reports what does not stop the command and keeps it for the JSON document.
func (s *Session) Warn(list diag.List) {
	s.diagnostics = append(s.diagnostics, list...)
	if len(list) > 0 && !s.Quiet {
		s.Report(list)
	}
}

// Talk prints a line to stderr for a person who did not ask for quiet.
func (s *Session) Talk(format string, args ...any) {
	if !s.Quiet {
		s.Stderr().Line(format, args...)
	}
}

// Root returns the folder of the project.
func (s *Session) Root() string {
	if s.Dir == "" {
		return "."
	}
	return s.Dir
}

// Path returns the path of a file that is named relative to the project.
func (s *Session) Path(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(s.Root(), filepath.FromSlash(file))
}
