package postgres

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// An InDoubtError says that a run was interrupted in operations outside a
// transaction, and that nobody recorded how they ended. See Executor.Settle.
type InDoubtError struct {
	Script     Script
	Operations []int
}

// Error names the migration and the operations.
func (e *InDoubtError) Error() string {
	return fmt.Sprintf("migration %s was interrupted at %s", e.Script.ID, numbered(e.Operations))
}

// Diagnostic returns the error for the user.
func (e *InDoubtError) Diagnostic() diag.Diagnostic {
	number := e.Operations[0]
	return diag.Diagnostic{
		Code: "WH5203", Summary: e.Error(),
		Detail: "It runs outside a transaction, so it may be in effect or not.",
		Next: fmt.Sprintf("look in the database whether operation %d is in effect; if so, run: %s; if not: %s",
			number, markOf(e.Script.ID, number, Up), markOf(e.Script.ID, number, Down)),
	}
}
