// Package plugin is the commands below "whimbrel plugin": flags in, text out. What
// they do with a project is autodetector/project, what they do with a plugin alone
// is plugins, sdk/conformance and sdk/manual.
package plugin

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

// projectFile is the name of the project file, for messages.
const projectFile = hcl.ProjectFile

// New returns the command "plugin" with its subcommands.
func New(s *input.Session) *cobra.Command {
	c := &cobra.Command{
		Use:   "plugin",
		Short: "Write, test, install and look at plugins",
		Args:  cobra.ArbitraryArgs,
		RunE:  input.UnknownCommand,
	}
	c.AddCommand(
		newList(s), newShow(s), newDocs(s), newAdd(s), newRemove(s), newLock(s), newVerify(s),
		newNew(s), newTest(s), newTrace(s), newInspect(s), newCache(s), newServe(s),
	)
	return c
}

// newServe is how whimbrel runs its own plugins as processes.
func newServe(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:    "serve NAME",
		Short:  "Serve one of whimbrel's own plugins to the whimbrel that started this process",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if own := linked(s, args[0]); own != nil {
				serve.Main(own)
				return errors.New("the plugin has ended")
			}
			return output.Usage(fmt.Errorf("whimbrel has no plugin %q of its own", args[0]))
		},
	}
}
