package input

import (
	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/source"
)

// A Target is the flags that say which database a command works on.
type Target struct {
	url, environment string
}

// AddFlags adds them to a command.
func (t *Target) AddFlags(c *cobra.Command) {
	c.Flags().StringVar(&t.url, "url", "", "`URL` of the database, as postgres://user@host:port/name")
	c.Flags().StringVarP(&t.environment, "env", "e", "", "`NAME` of an environment of whimbrel.hcl (default: the first)")
}

// Database returns what the flags and the variables of the session say.
func (t *Target) Database(s *Session) project.Target {
	return project.Target{URL: t.url, Environment: t.environment, Getenv: s.Env}
}

// Find returns where the flags lead. Without a project its file is zero.
func (t *Target) Find(s *Session, file source.Project) (project.Place, error) {
	return t.Database(s).Find(file)
}

// All returns every database that the flags, or else variables and environments, name.
// See project.Target.All.
func (t *Target) All(s *Session, file source.Project) ([]project.Place, []string, error) {
	return t.Database(s).All(file)
}
