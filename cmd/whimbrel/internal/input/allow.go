package input

import (
	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Allow is the flag --allow.
type Allow struct {
	operation.Allowances
}

// AddFlags adds it to a command. The usage says what can be allowed there.
func (a *Allow) AddFlags(c *cobra.Command, usage string) {
	c.Flags().StringArrayVar((*[]string)(&a.Allowances), "allow", nil, usage)
}

// Check returns the usage error for a flag that can allow nothing.
func (a *Allow) Check() error {
	if err := a.Allowances.Check(); err != nil {
		return output.Usage(err)
	}
	return nil
}
