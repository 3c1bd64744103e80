package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

func newFmt(s *session) *cobra.Command {
	check := false
	c := &cobra.Command{
		Use:     "fmt [FILE...]",
		GroupID: groupModels,
		Short:   "Lay out model files and whimbrel.hcl in one way",
		Long: "fmt changes indents, blanks and the alignment of arguments and comments, and nothing else.\n" +
			"Without FILE it is about the project file and all model files; a FILE can be a folder of them.",
		Example: "  whimbrel fmt\n  whimbrel fmt --check models/shop.hcl                  # in CI: exit 2 if a file is laid out otherwise",
		Args:    cobra.ArbitraryArgs,
		RunE:    s.runE(func(ctx context.Context, args []string) (result, error) { return s.fmt(ctx, args, check) }),
	}
	c.Flags().BoolVar(&check, "check", false, "write nothing; exit 2 and list the files that would change")
	return c
}

// fmt formats files. Those that are broken are reported and stay as they are.
func (s *session) fmt(ctx context.Context, args []string, check bool) (result, error) {
	names, err := s.fmtNames(args)
	if err != nil {
		return nil, err
	}
	done := fmtResult{Files: len(names), Changed: []string{}, check: check}
	var found diag.List
	for _, name := range names {
		changed, problems, err := s.fmtFile(ctx, name, check)
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
		return done, found
	case check && len(done.Changed) > 0:
		return done, exitError{code: exitChanges}
	}
	return done, nil
}

// fmtNames returns the files that are named, or all of the project, as they are
// called in the project's folder.
func (s *session) fmtNames(args []string) ([]string, error) {
	if len(args) == 0 {
		return s.fmtProject()
	}
	var names []string
	for _, arg := range args {
		inside, err := s.fmtFolder(arg)
		if err != nil {
			return nil, fmt.Errorf("finding files: %w", err)
		}
		names = append(names, inside...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// fmtProject returns the project file and the model files of all apps. An app
// without a folder has none.
func (s *session) fmtProject() ([]string, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	names := []string{project.File}
	for _, app := range project.Apps {
		inside, err := s.fmtFolder(app.Models)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("finding files: %w", err)
		}
		names = append(names, inside...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// fmtFolder returns the model files in a folder, or the name itself.
func (s *session) fmtFolder(name string) ([]string, error) {
	path := s.projectPath(name)
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return []string{name}, err
	}
	inside, err := hcl.ModelFiles(path, ".")
	for i, file := range inside {
		inside[i] = filepath.ToSlash(filepath.Join(name, file))
	}
	return inside, err
}

// projectPath returns the path of a file that is named in the project's folder.
func (s *session) projectPath(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.root(), filepath.FromSlash(name))
}

// fmtFile formats one file and reports whether its text changes.
func (s *session) fmtFile(ctx context.Context, name string, check bool) (changed bool, found diag.List, err error) {
	if err := ctx.Err(); err != nil {
		return false, nil, err
	}
	path, err := filepath.EvalSymlinks(s.projectPath(name))
	if err != nil {
		return false, nil, fmt.Errorf("reading a file: %w", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return false, nil, fmt.Errorf("reading a file: %w", err)
	}
	formatted, found, err := hcl.Format(name, text)
	if err != nil || len(found) > 0 || bytes.Equal(formatted, text) {
		return false, found, err
	}
	if check {
		return true, nil, nil
	}
	return true, nil, replaceFile(path, formatted)
}

// replaceFile gives a file that is there other bytes, in one step.
func replaceFile(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("writing a file: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".whimbrel-*.tmp")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", path, err), os.Remove(f.Name()))
	}
	return nil
}

type fmtResult struct {
	Files   int      `json:"files"`
	Changed []string `json:"changed"`
	check   bool
}

func (r fmtResult) print(p *printer) {
	for _, name := range r.Changed {
		if r.check {
			p.line("%s", diag.Escape(name))
			continue
		}
		p.line("formatted %s", diag.Escape(name))
	}
	if len(r.Changed) == 0 && !p.quiet {
		p.line("ok: %s", plural(r.Files, "file"))
	}
}
