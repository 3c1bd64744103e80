package cli

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/lint"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A linter is "whimbrel lint" with its flags.
type linter struct {
	*input.Session
	allow []string
	fix   bool
}

func newLint(s *input.Session) *cobra.Command {
	l := &linter{Session: s}
	c := &cobra.Command{
		Use:     "lint [FILE...]",
		Args:    cobra.ArbitraryArgs,
		GroupID: groupModels,
		Short:   "Find in SQL written by hand what a running database suffers from",
		Long: `Find what a database in use, or the programs on it, suffer from: in the migrations
that were written or edited by hand, or in the .sql files that are named. What make
writes says so in its header. A statement may break a rule if a comment right before
it says why:

  -- lint:allow WH7001: twelve rows
  CREATE INDEX ...

What plugins have to say of the models is told too; make and validate tell it as well.

Exit 3 if there is something that is not allowed.`,
		Example: `  whimbrel lint
  whimbrel lint db/*.sql --allow WH7012
  whimbrel lint --fix                  # edits of the models that plugins suggest
  whimbrel lint --format github        # in CI: annotations in the pull request`,
		RunE: s.Run(l.run),
	}
	c.Flags().BoolVar(&l.fix, "fix", false, "make the edits of the models that findings suggest")
	c.Flags().StringArrayVar(&l.allow, "allow", nil, "`CODE` of a rule that is not asked for (repeatable)")
	return c
}

func (l *linter) run(ctx context.Context, files []string) (output.Result, error) {
	found, err := l.findings(ctx, files)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return slices.Contains(l.allow, d.Code) })
	fixed, found, err := l.fixed(ctx, found)
	if err != nil {
		return nil, err
	}
	notes := slices.DeleteFunc(slices.Clone(found), func(d diag.Diagnostic) bool { return d.Severity != diag.Note })
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
	l.Warn(notes)
	if len(found) == 0 {
		return lintResult{Fixed: fixed}, nil
	}
	return lintResult{Findings: len(found), Fixed: fixed}, output.ExitError{Code: output.ExitHazard, Err: found}
}

// fixed makes the edits that findings suggest, if that is asked for, and returns the
// files, and the other findings.
func (l *linter) fixed(ctx context.Context, found diag.List) ([]project.Fixed, diag.List, error) {
	if !l.fix || !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Fix != nil }) {
		return []project.Fixed{}, found, nil
	}
	p, err := l.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer p.Close()
	return p.Fix(ctx, found)
}

// findings are those in files, or in the project without any.
func (l *linter) findings(ctx context.Context, files []string) (diag.List, error) {
	if len(files) == 0 {
		p, err := l.Open(ctx)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		return p.Lint(ctx)
	}
	reader := parser.New(nil)
	var found diag.List
	for _, file := range files {
		text, err := os.ReadFile(l.Path(file))
		if err != nil {
			return nil, err
		}
		list, err := lint.Check(reader, lint.File(file, string(text)))
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	return found, nil
}

type lintResult struct {
	Findings int             `json:"findings"`
	Fixed    []project.Fixed `json:"fixed"`
}

func (r lintResult) Print(p *output.Printer) {
	for _, f := range r.Fixed {
		p.Line("mended %s (%s)", diag.Escape(f.File), diag.Plural(f.Fixes, "place"))
	}
	if r.Findings == 0 && len(r.Fixed) > 0 {
		return
	}
	if r.Findings == 0 {
		p.Line("ok: nothing that a running database suffers from")
		return
	}
	p.Line("%s", fmt.Sprintf("%s not allowed", diag.Plural(r.Findings, "finding")))
}

// Done reports whether there is nothing to be told but that.
func (r lintResult) Done() bool { return true }
