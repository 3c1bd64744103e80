package autodetector

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// besides returns the statements of the way on which a table is made that a clause does
// not stand for.
func besides(op operation.Operation, way []operation.Statement) []operation.Statement {
	if op.Inline.Clause.Slot != "" && !op.Inline.Alone {
		return way
	}
	return way[min(1, len(way)):]
}

// undoing returns the statements of the way on which a table goes that have to be run
// before it does: what was made besides a clause of a slot. A line has nothing besides it
// that does not go with the table.
func undoing(op operation.Operation, way []operation.Statement) []operation.Statement {
	if op.Inline.Clause.Slot == "" {
		return nil
	}
	if op.Inline.Alone {
		way = way[:max(0, len(way)-1)]
	}
	return slices.Clone(way)
}

// NewOnly is the code of what can be said of a new table only.
const NewOnly = "WH2320"

// newOnly reports clauses that came or went without the table that they were to be said
// of, one that comes in the place of another one once.
func (f *folder) newOnly() {
	said := map[address.Address]bool{}
	for i, op := range f.operations {
		if f.into[i] != i || op.Inline == nil || op.Inline.Clause.Slot == "" || op.Inline.Alone || said[op.Target] {
			continue
		}
		said[op.Target] = true
		f.diagnostics = append(f.diagnostics, diag.Diagnostic{
			Code:    NewOnly,
			Summary: fmt.Sprintf("%s of plugin %q would change a table that is there: %s", op.Target, op.Detector, op.Inline.Clause.SQL),
			Detail:  "PostgreSQL takes this clause when it makes a table, and does not change it later.",
			Next:    fmt.Sprintf("make another model, copy the rows in SQL, with: whimbrel make --empty; then drop %s and rename the other", op.Target.Path()),
			Range:   f.in.Declaration.Places[op.Target],
			Address: op.Target.String(),
		})
	}
}
