package cli

import (
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli/audit"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli/plugin"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

const about = `whimbrel makes PostgreSQL migrations from declared models, and applies them.

You declare models in models/**/*.hcl. "whimbrel make" compares them with what the
migrations so far lead to and writes the next migration: SQL to review and to run.
"whimbrel migrate" runs it. Making needs no database, applying needs no plugin.

Start with:  whimbrel init
See it run:  whimbrel demo`

const exitCodes = `
Exit codes:
  0   done, or nothing to do        4   the database has drifted
  1   error                         5   another run holds the lock: try again
  2   changes present (--check)     6   interrupted
  3   hazard not allowed            64  wrong command line
`

// newRoot returns the tree of commands.
func newRoot(s *input.Session, demo fs.FS) *cobra.Command {
	root := &cobra.Command{
		Use:                        "whimbrel",
		Short:                      "PostgreSQL migrations from declared models",
		Long:                       about,
		SilenceErrors:              true,
		SilenceUsage:               true,
		PersistentPreRunE:          func(*cobra.Command, []string) error { return s.CheckFlags() },
		RunE:                       input.UnknownCommand,
		Args:                       cobra.ArbitraryArgs,
		SuggestionsMinimumDistance: 2,
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return output.Usage(err) })
	s.AddFlags(root)
	addCommands(root, s, demo)
	root.SetUsageTemplate(root.UsageTemplate() + exitCodes)
	return root
}

func addCommands(root *cobra.Command, s *input.Session, demo fs.FS) {
	root.AddGroup(
		&cobra.Group{ID: groupModels, Title: "From models to migrations (no database needed):"},
		&cobra.Group{ID: groupDatabase, Title: "From migrations to a database (no plugin needed):"},
		&cobra.Group{ID: groupMore, Title: "More:"},
	)
	root.SetHelpCommandGroupID(groupMore)
	root.SetCompletionCommandGroupID(groupMore)
	audits := audit.New(s)
	audits.GroupID = groupDatabase
	plugins := plugin.New(s)
	plugins.GroupID = groupMore
	for _, c := range []*cobra.Command{
		newInit(s), newMake(s), newMerge(s), newRebase(s), newPlan(s), newValidate(s), newLint(s), newFmt(s), newShow(s), newSQL(s),
		newMigrate(s), newRollback(s), newStatus(s), newInspect(s), newBaseline(s), newDrift(s), newRepair(s), audits,
		plugins, newDemo(s, demo), newVersion(s),
	} {
		input.Strict(c)
		root.AddCommand(c)
	}
}

const (
	groupModels   = "models"
	groupDatabase = "database"
	groupMore     = "more"
)
