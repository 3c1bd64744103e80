package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Slot is a place in the statement that makes a table, or in a column; see Fills.
type Slot = operation.Slot

// The slots. A model has the first four, a field SlotStorage and SlotCompression.
const (
	SlotPartitionBy = operation.SlotPartitionBy
	SlotStorage     = operation.SlotStorage
	SlotTablespace  = operation.SlotTablespace
	SlotUnlogged    = operation.SlotUnlogged
	SlotCompression = operation.SlotCompression
)

// Fills claims a slot: the option says by what a table is partitioned, how it is stored,
// where, or whether it is logged, and nobody else does. Two plugins that fill one slot
// cannot be in one project, and a model cannot have both the option and whimbrel's own
// argument of the slot's name.
//
// What is in the slot of a new table is Script.Clause, or Step.Fills. The slots of a
// column are filled by ALTER TABLE alone, as older servers know no other way; the option
// is dropped before the type of the column changes, and made again after.
func Fills(slot Slot) Setting {
	return func(d *draft) {
		if d.kind.Slot != "" {
			wrong("option %s: it fills two slots, %s and %s: make two options", d.option.Name, d.kind.Slot, slot)
		}
		d.kind.Slot = slot
	}
}

// Fills has the operation, where its table is made or dropped in the same migration,
// become a clause of that statement; see Script. Set and reset are empty for what
// PostgreSQL says of new tables only.
func (s *Step) Fills(clause, set, reset string) *Step {
	if clause == "" {
		return s
	}
	s.op.Inline = &operation.Inline{Clause: operation.In(clause), Alone: set != ""}
	if set == "" {
		return s
	}
	first, last := &s.op.Up, &s.op.Down
	if s.verb == "drop" {
		first, last = last, first
	}
	*first, *last = slices.Concat(operation.SQL(set), *first), slices.Concat(*last, operation.SQL(reset))
	return s
}
