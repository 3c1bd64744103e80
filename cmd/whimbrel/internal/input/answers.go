package input

import (
	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Answers are the flags that answer the autodetector's questions beforehand.
type Answers struct {
	project.Answers
	noInput         bool
	online, offline bool
}

// AddFlags adds them to a command.
func (a *Answers) AddFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&a.Renames, "rename", nil, "`OLD=NEW`: it was renamed; OLD= : it is dropped (repeatable)")
	c.Flags().StringArrayVar(&a.Defaults, "default", nil, "`FIELD=VALUE` for the rows that are there (repeatable)")
	c.Flags().StringArrayVar(&a.Usings, "using", nil, "`FIELD=EXPRESSION`: what values become in another type; FIELD= : they are given up (repeatable)")
	c.Flags().BoolVar(&a.online, "online", false, "tables that are there are in use: nobody waits for longer than a moment (default)")
	c.Flags().BoolVar(&a.offline, "no-online", false, "tables that are there are small: in as few steps as possible")
	c.MarkFlagsMutuallyExclusive("online", "no-online")
	c.Flags().BoolVar(&a.noInput, "no-input", false, "never ask: an open question is an error that names the flag")
}

// Options returns the options of a plan: the person at the terminal, if there is
// one, is asked what the flags leave open.
func (a *Answers) Options(s *Session, name string) project.PlanOptions {
	options := project.PlanOptions{Name: name, Answers: a.Answers}
	switch {
	case a.online:
		options.Online = project.InUse
	case a.offline:
		options.Online = project.Unused
	}
	if !a.noInput && s.Asks() {
		options.Questioner = func(wanted *state.State) autodetector.Questioner {
			return &questioner{Prompt: s.Prompt(), wanted: wanted}
		}
	}
	return options
}
