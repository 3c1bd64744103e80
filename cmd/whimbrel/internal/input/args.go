package input

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// Strict makes wrong arguments of a command and its subcommands usage errors.
func Strict(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = noArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return output.Usage(err)
		}
		if err := c.ValidateFlagGroups(); err != nil {
			return output.Usage(err)
		}
		return nil
	}
	for _, sub := range c.Commands() {
		Strict(sub)
	}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no argument %q", c.CommandPath(), args[0])
}

// UnknownCommand is the run of a command that only has subcommands: its help, or a
// usage error with what may have been meant.
func UnknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	err := fmt.Errorf("unknown command %q", args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("unknown command %q: did you mean %q?", args[0], near[0])
	}
	return output.Usage(err)
}
