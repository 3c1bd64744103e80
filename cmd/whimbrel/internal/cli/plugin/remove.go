package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPluginRemove(s *session) *cobra.Command {
	dryRun := false
	c := &cobra.Command{
		Use:   "remove NAME",
		Short: "Give a plugin up: write the migration that drops what it made, and disable it",
		Long: `Give a plugin up: write the migration that drops what it made, and take it out of
` + projectFile + ` and ` + plugins.LockFile + `. The plugin is asked how. Where its executable is
gone, what it made is dropped by the SQL of the migrations that made it. Like make,
it writes what else has changed in the models too.`,
		Example: `  whimbrel plugin remove policies
  whimbrel plugin remove policies --dry-run   # see the SQL first`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return s.pluginRemove(ctx, args[0], dryRun)
		}),
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "write nothing; print what would be written")
	return c
}

func (s *session) pluginRemove(ctx context.Context, name string, dryRun bool) (output.Result, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	present, err := withoutAbsent(project, name)
	if err != nil {
		return nil, err
	}
	p := &planning{session: s, name: migration.Slug("remove_" + name), project: present, retired: name}
	if err := p.run(ctx); err != nil {
		return nil, err
	}
	made, err := newMakeResult(p.made, p.history, nil, dryRun || s.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	made.showSQL = dryRun
	found := &removeResult{Plugin: name, makeResult: made}
	if dryRun {
		return found, nil
	}
	if err := (&makeCommand{session: s}).write(ctx, p, made); err != nil {
		return nil, err
	}
	found.Disabled, err = s.disable(project, p.workspace.lock, name)
	return found, err
}

// disable takes a plugin out of the project file and the lock. It reports whether
// it was in the project file.
func (s *session) disable(project source.Project, lock *plugins.Lock, name string) (bool, error) {
	file := filepath.Join(s.Root(), projectFile)
	text, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	enabled := slices.ContainsFunc(project.Plugins, func(p source.Plugin) bool { return p.Name == name })
	if enabled {
		if text, err = hcl.WithoutPlugin(text, name); err == nil {
			err = os.WriteFile(file, text, 0o644)
		}
	}
	if _, locked := lock.Plugin(name); err == nil && locked {
		rest := slices.DeleteFunc(slices.Clone(lock.Plugins), func(l plugins.Locked) bool { return l.Name == name })
		err = plugins.WriteLock(s.Root(), &plugins.Lock{Plugins: rest})
	}
	return enabled, err
}

// inUse returns the error for a plugin that is given up while the models use it.
func (p *planning) inUse(declaration source.Declaration) error {
	var places []string
	first := diag.Diagnostic{}
	for o := range declaration.State.All() {
		place, written := declaration.Places[o.Address]
		if owner, _, _ := strings.Cut(o.Address.Kind(), "."); p.retired == "" || owner != p.retired || !written || place.IsZero() {
			continue
		}
		places = append(places, place.String()+": "+o.Address.String())
		if first.Range.IsZero() {
			first.Range, first.Address = place, o.Address.String()
		}
	}
	if len(places) == 0 {
		return nil
	}
	first.Code, first.Summary = "WH0141", fmt.Sprintf("plugin %q is in use, so it cannot be removed", p.retired)
	first.Detail = "The models have options of it:\n" + strings.Join(places, "\n")
	first.Next = "take them out of the models, then run again: whimbrel plugin remove " + p.retired
	return first
}

// withoutAbsent returns a project without a plugin whose executable is gone: what
// it made is then the history's.
func withoutAbsent(project source.Project, name string) (source.Project, error) {
	self, err := os.Executable()
	if err != nil {
		return project, fmt.Errorf("finding the program's own file: %w", err)
	}
	for _, spec := range plugins.Find(project, self, firstParty()...) {
		if spec.Name == name && spec.Absent != nil {
			project.Plugins = slices.DeleteFunc(slices.Clone(project.Plugins), func(p source.Plugin) bool { return p.Name == name })
		}
	}
	return project, nil
}

type removeResult struct {
	Plugin   string `json:"plugin"`
	Disabled bool   `json:"disabled"`
	*makeResult
}

func (r *removeResult) Print(p *output.Printer) {
	r.makeResult.Print(p)
	if r.Disabled {
		p.Line("took plugin %q out of %s", r.Plugin, projectFile)
	}
}
