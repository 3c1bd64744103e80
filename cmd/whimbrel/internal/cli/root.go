package cli

import (
	"fmt"

	"github.com/spf13/cobra"
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
func newRoot(s *session) *cobra.Command {
	root := &cobra.Command{
		Use:                        "whimbrel",
		Short:                      "PostgreSQL migrations from declared models",
		Long:                       about,
		SilenceErrors:              true,
		SilenceUsage:               true,
		PersistentPreRunE:          func(*cobra.Command, []string) error { return s.checkFlags() },
		RunE:                       func(c *cobra.Command, args []string) error { return unknownCommand(c, args) },
		Args:                       cobra.ArbitraryArgs,
		SuggestionsMinimumDistance: 2,
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	s.addFlags(root)
	addCommands(root, s)
	root.SetUsageTemplate(root.UsageTemplate() + exitCodes)
	return root
}

func (s *session) addFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVarP(&s.dir, "dir", "C", ".", "`FOLDER` of the project file whimbrel.hcl")
	flags.StringVar(&s.format, "format", formatText, "`FORM` of the result on stdout: text or json")
	flags.BoolVarP(&s.quiet, "quiet", "q", false, "print results and errors only")
	flags.BoolVarP(&s.verbose, "verbose", "v", false, "print more")
	flags.BoolVar(&s.plugins.allowDev, "allow-dev-plugins", false, "use plugins under development where the variable CI is true")
	flags.BoolVar(&s.noColor, "no-color", false, "no colours (as the variable NO_COLOR)")
}

func (s *session) checkFlags() error {
	if s.format != formatText && s.format != formatJSON {
		return usage(fmt.Errorf("--format %s: want text or json", s.format))
	}
	return nil
}

func addCommands(root *cobra.Command, s *session) {
	root.AddGroup(
		&cobra.Group{ID: groupModels, Title: "From models to migrations (no database needed):"},
		&cobra.Group{ID: groupDatabase, Title: "From migrations to a database (no plugin needed):"},
		&cobra.Group{ID: groupMore, Title: "More:"},
	)
	root.SetHelpCommandGroupID(groupMore)
	root.SetCompletionCommandGroupID(groupMore)
	for _, c := range []*cobra.Command{
		newInit(s), newMake(s), newPlan(s), newValidate(s), newFmt(s), newShow(s), newSQL(s),
		newMigrate(s), newRollback(s), newStatus(s), newRepair(s), newAudit(s),
		newPlugin(s), newDemo(s), newVersion(s),
	} {
		strict(c)
		root.AddCommand(c)
	}
}

const (
	groupModels   = "models"
	groupDatabase = "database"
	groupMore     = "more"
)

// strict makes wrong arguments of a command and its subcommands usage errors.
func strict(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = noArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usage(err)
		}
		if err := c.ValidateFlagGroups(); err != nil {
			return usage(err)
		}
		return nil
	}
	for _, sub := range c.Commands() {
		strict(sub)
	}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no argument %q", c.CommandPath(), args[0])
}

func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	err := fmt.Errorf("unknown command %q", args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("unknown command %q: did you mean %q?", args[0], near[0])
	}
	return usage(err)
}
