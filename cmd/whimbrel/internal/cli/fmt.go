package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// A fmtCommand is "whimbrel fmt" with its flags.
type fmtCommand struct {
	*input.Session
	check bool
}

func newFmt(s *input.Session) *cobra.Command {
	f := &fmtCommand{Session: s}
	c := &cobra.Command{
		Use:     "fmt [FILE...]",
		GroupID: groupModels,
		Short:   "Lay out model files and whimbrel.hcl in one way",
		Long: "fmt changes indents, blanks and the alignment of arguments and comments, and nothing else.\n" +
			"Without FILE it is about the project file and all model files; a FILE can be a folder of them.",
		Example: `  whimbrel fmt
  whimbrel fmt --check models/shop.hcl                  # in CI: exit 2 if a file would change`,
		Args: cobra.ArbitraryArgs,
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return f.run(ctx, args) }),
	}
	c.Flags().BoolVar(&f.check, "check", false, "write nothing; exit 2 and list the files that would change")
	return c
}

// run formats files. Those that are broken are reported and stay as they are.
func (f *fmtCommand) run(ctx context.Context, args []string) (output.Result, error) {
	names, err := f.names(ctx, args)
	if err != nil {
		return nil, err
	}
	done := fmtResult{Files: len(names), Changed: []string{}, check: f.check}
	var found diag.List
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		changed, problems, err := hcl.FormatFile(name, f.Path(name), !f.check)
		if err != nil {
			return done, err
		}
		found = append(found, problems...)
		if changed {
			done.Changed = append(done.Changed, name)
		}
	}
	switch {
	case found.HasErrors():
		done.broken = true
		return done, found
	case f.check && len(done.Changed) > 0:
		return done, output.ExitError{Code: output.ExitChanges}
	}
	return done, nil
}

// names returns the files that are named, or all of the project, as they are called
// in its folder.
func (f *fmtCommand) names(ctx context.Context, args []string) ([]string, error) {
	if len(args) == 0 {
		p, err := f.Open(ctx)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		return hcl.Files(p.File())
	}
	var names []string
	for _, arg := range args {
		inside, err := f.inside(arg)
		if err != nil {
			return nil, err
		}
		names = append(names, inside...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// inside returns the model files in a folder, or the file itself.
func (f *fmtCommand) inside(name string) ([]string, error) {
	if info, err := os.Stat(f.Path(name)); err != nil || !info.IsDir() {
		return []string{filepath.ToSlash(name)}, err
	}
	inside, err := hcl.ModelFiles(f.Path(name), ".")
	for i, file := range inside {
		inside[i] = filepath.ToSlash(filepath.Join(name, file))
	}
	return inside, err
}

type fmtResult struct {
	output.Deed
	Files   int      `json:"files"`
	Changed []string `json:"changed"`
	check   bool
	broken  bool // some file cannot be read
}

func (r fmtResult) Print(p *output.Printer) {
	for _, name := range r.Changed {
		if r.check {
			p.Line("%s", diag.Escape(name))
			continue
		}
		p.Line("formatted %s", diag.Escape(name))
	}
	if len(r.Changed) == 0 && !r.broken {
		p.Line("ok: %s", diag.Plural(r.Files, "file"))
	}
}
