// Package input is what several commands of whimbrel are told: flags and variables
// of the environment, and what a person answers. It turns them into the options of
// the packages that do the work.
//
// The packages of commands use it, together with output for what they say. It holds
// no rule of migrations.
package input

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A Session is one run of one command of a program.
type Session struct {
	*output.Session
	Release string            // of the program
	Linked  []detect.Detector // the plugins that are part of the program

	allowDev bool // --allow-dev-plugins
	noCache  bool // --no-plugin-cache
}

// Definitions returns the queries that read the objects of a database: those of the
// kinds and plugins of this program.
func (s *Session) Definitions() []detect.CatalogQuery {
	return detect.DefinitionsOf(append(builtin.Detectors(), s.Linked...)...)
}

// AddFlags adds the flags of every command.
func (s *Session) AddFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	s.Session.AddFlags(flags)
	flags.BoolVar(&s.allowDev, "allow-dev-plugins", false, "use plugins under development where the variable CI is true")
}

// AddPluginFlags adds the flag of commands that ask plugins.
func (s *Session) AddPluginFlags(c *cobra.Command) {
	c.Flags().BoolVar(&s.noCache, "no-plugin-cache", false, "ask plugins again what they have answered before")
}

// AskAgain has plugins asked again, as the flag does.
func (s *Session) AskAgain() { s.noCache = true }

// Run adapts a command to cobra and keeps its result for Finish.
func (s *Session) Run(do func(ctx context.Context, args []string) (output.Result, error)) func(*cobra.Command, []string) error {
	return s.Session.Run(func(ctx context.Context, args []string) (output.Result, error) {
		found, err := do(ctx, args)
		var wrong project.ArgumentError
		if errors.As(err, &wrong) {
			err = output.Usage(err)
		}
		return found, err
	})
}

// Open opens the project of the session, which has to be closed.
func (s *Session) Open(ctx context.Context) (*project.Project, error) {
	return project.Open(ctx, s.Root(), s.Options())
}

// Options returns how the session opens projects.
func (s *Session) Options() project.Options {
	return project.Options{
		Release: s.Release, Linked: s.Linked, Now: s.Clock, Warn: s.Warn,
		Getenv: s.Env, AllowDev: s.allowDev || !s.inCI(), Plugins: s.pluginOptions,
	}
}

// inCI reports whether the variable CI, which continuous integration sets, is true.
func (s *Session) inCI() bool {
	value := strings.ToLower(s.Env("CI"))
	return value == "true" || value == "1"
}

func (s *Session) pluginOptions() (plugins.Options, error) {
	kept, err := s.resultCache()
	return plugins.Options{Log: s.PluginLog(), Results: kept}, err
}

// PluginLog returns where the lines that plugins print go.
func (s *Session) PluginLog() func(plugin, line string) {
	if !s.Verbose {
		return nil
	}
	return func(plugin, line string) { s.Talk("[%s] %s", plugin, diag.Escape(line)) }
}

// cacheVariable is the environment variable that says whether what plugins answer
// is kept.
const cacheVariable = "WHIMBREL_PLUGIN_CACHE"

// resultCache returns how answers of plugins are kept.
func (s *Session) resultCache() (plugins.ResultCache, error) {
	switch value := s.Env(cacheVariable); {
	case s.noCache, value == "off":
		return plugins.ResultsOff, nil
	case value == "", value == "on":
		return plugins.ResultsOn, nil
	case value == "verify":
		return plugins.ResultsVerify, nil
	default:
		return "", output.Usage(fmt.Errorf("%s=%s: want on, off or verify", cacheVariable, value))
	}
}
