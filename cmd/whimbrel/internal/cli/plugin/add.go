package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/source"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPluginAdd(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "add NAME [EXECUTABLE]",
		Short: "Enable a plugin in " + projectFile + " and pin its executable",
		Example: `  whimbrel plugin add policies
  whimbrel plugin add fillfactor ./bin/whimbrel-plugin-fillfactor`,
		Args: cobra.RangeArgs(1, 2),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return s.pluginAdd(ctx, args[0], append(args, "")[1])
		}),
	}
}

func (s *session) pluginAdd(ctx context.Context, name, executable string) (_ output.Result, err error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(project.Plugins, func(p source.Plugin) bool { return p.Name == name }) {
		return nil, output.Usage(fmt.Errorf("%s has a plugin %q already", projectFile, name))
	}
	if !pluginName.MatchString(name) || strings.ContainsAny(executable, "\"\\\n${}%") {
		return nil, output.Usage(fmt.Errorf("%q and %q are no name and path that can stand in %s", name, executable, projectFile))
	}
	file := filepath.Join(s.Root(), projectFile)
	before, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	text := strings.TrimRight(string(before), "\n") + "\n" + pluginBlock(name, executable)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return nil, err
	}
	locked, err := s.pluginLock(ctx)
	if err != nil {
		return nil, errors.Join(err, os.WriteFile(file, before, 0o644))
	}
	return addResult{Plugin: name, lockResult: locked.(lockResult)}, nil
}

func pluginBlock(name, executable string) string {
	if executable == "" {
		return fmt.Sprintf("\nplugin %q {}\n", name)
	}
	return fmt.Sprintf("\nplugin %q {\n  source = %q\n}\n", name, executable)
}

type addResult struct {
	Plugin string `json:"plugin"`
	lockResult
}

func (r addResult) Print(p *output.Printer) {
	p.Line("added plugin %q to %s", r.Plugin, projectFile)
	r.lockResult.Print(p)
}
