package input

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// Strict makes wrong arguments of a command and its subcommands usage errors.
func Strict(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = NoArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return output.Usage(err)
		}
		if err := c.ValidateFlagGroups(); err != nil {
			return output.Usage(err)
		}
		return output.Usage(emptyFlag(c.Flags()))
	}
	for _, sub := range c.Commands() {
		Strict(sub)
	}
}

// NoArgs is the check of a command that takes no arguments.
func NoArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no argument %s", c.CommandPath(), typed(args[0]))
}

// typed returns what a person typed, for a message. What may name a database, with a
// password, is not repeated.
func typed(arg string) string {
	if strings.ContainsAny(arg, "@=") || strings.Contains(arg, "://") {
		return "like that (it is not shown, as it may hold a password); a database is named by --url"
	}
	return strconv.Quote(arg)
}

// emptyFlag returns the error for a flag that is given without a value, as by a
// variable of the shell that is not set: it would mean something else than was meant.
func emptyFlag(flags *pflag.FlagSet) (err error) {
	flags.Visit(func(f *pflag.Flag) {
		empty := f.Value.Type() == "string" && f.Value.String() == ""
		if list, ok := f.Value.(pflag.SliceValue); ok {
			empty = slices.Contains(list.GetSlice(), "")
		}
		if empty && err == nil {
			err = fmt.Errorf("--%s is given without a value: a variable may not be set", f.Name)
		}
	})
	return err
}

// UnknownCommand is the run of a command that only has subcommands: its help, or a
// usage error with what may have been meant.
func UnknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	err := fmt.Errorf("unknown command %s", typed(args[0]))
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("unknown command %q: did you mean %q?", args[0], near[0])
	}
	return output.Usage(err)
}
