package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A pluginUse is how the plugins of a project are opened: flags of commands.
type pluginUse struct {
	allowDev bool // --allow-dev-plugins
	noCache  bool // --no-plugin-cache
}

// addPluginFlags adds the flag of commands that ask plugins.
func (s *session) addPluginFlags(c *cobra.Command) {
	c.Flags().BoolVar(&s.plugins.noCache, "no-plugin-cache", false, "ask plugins again what they have answered before")
}

// pluginSpecs returns where the plugins of a project are, and what has to be said
// of those under development.
func (s *session) pluginSpecs(project source.Project) ([]plugins.Spec, diag.List, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, fmt.Errorf("finding the program's own file: %w", err)
	}
	specs := plugins.Find(project, self, firstParty()...)
	return plugins.Develop(specs, s.Env, s.plugins.allowDev || !s.inCI())
}

// inCI reports whether the variable CI, which continuous integration sets, is true.
func (s *session) inCI() bool {
	value := strings.ToLower(s.Env("CI"))
	return value == "true" || value == "1"
}

// develops reports whether a plugin of the project is under development.
func (s *session) develops(project source.Project) bool {
	_, found, err := s.pluginSpecs(project)
	return err != nil || len(found) > 0
}

// cacheVariable is the environment variable that says whether what plugins answer
// is kept.
const cacheVariable = "WHIMBREL_PLUGIN_CACHE"

// resultCache returns how answers of plugins are kept.
func (s *session) resultCache() (plugins.ResultCache, error) {
	switch value := s.Env(cacheVariable); {
	case s.plugins.noCache, value == "off":
		return plugins.ResultsOff, nil
	case value == "", value == "on":
		return plugins.ResultsOn, nil
	case value == "verify":
		return plugins.ResultsVerify, nil
	default:
		return "", output.Usage(fmt.Errorf("%s=%s: want on, off or verify", cacheVariable, value))
	}
}
