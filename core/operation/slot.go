package operation

import (
	"slices"
	"strings"
)

// A Slot is a place in the statement that makes a table, or in the definition of a
// column, for one clause that is no column and no constraint. It is called by the word
// with which whimbrel itself fills it.
type Slot string

// The slots. Those of a column are filled by ALTER TABLE: older servers do not take
// STORAGE in the definition.
const (
	SlotPartitionBy Slot = "partition_by" // PARTITION BY ...
	SlotStorage     Slot = "storage"      // of a table WITH (...), of a column STORAGE ...
	SlotTablespace  Slot = "tablespace"   // TABLESPACE ...
	SlotUnlogged    Slot = "unlogged"     // UNLOGGED
	SlotCompression Slot = "compression"  // of a column COMPRESSION ...
)

// tails are the slots behind the columns of a table, in PostgreSQL's order, with the
// words that their clauses begin with.
var tails = []struct {
	slot  Slot
	words string
}{
	{SlotPartitionBy, "PARTITION BY "}, {SlotStorage, "WITH ("}, {SlotTablespace, "TABLESPACE "},
}

// unlogged is the only clause of its slot.
const unlogged = "UNLOGGED"

// TableSlots returns the slots of a table, sorted.
func TableSlots() []Slot { return []Slot{SlotPartitionBy, SlotStorage, SlotTablespace, SlotUnlogged} }

// ColumnSlots returns the slots of a column, sorted.
func ColumnSlots() []Slot { return []Slot{SlotCompression, SlotStorage} }

// SlotOf returns the slot of a table that a clause fills, by the words that it begins
// with, empty for one that fills none.
func SlotOf(clause string) Slot {
	if clause == unlogged {
		return SlotUnlogged
	}
	for _, tail := range tails {
		if strings.HasPrefix(clause, tail.words) {
			return tail.slot
		}
	}
	return ""
}

// In returns a clause that fills the slot of a table that its first words are for.
func In(clause string) Clause { return Clause{SQL: clause, Slot: SlotOf(clause)} }

// filled returns the clauses of a statement that fill slots behind its columns, as text.
func (s Statement) filled() string {
	text := ""
	for _, tail := range tails {
		for _, c := range s.Clauses {
			if c.Slot == tail.slot {
				text += " " + c.SQL
			}
		}
	}
	return text
}

// head returns the beginning of a CREATE TABLE.
func (s Statement) head() string {
	if slices.ContainsFunc(s.Clauses, func(c Clause) bool { return c.Slot == SlotUnlogged }) {
		return strings.Replace(s.SQL, "CREATE TABLE ", "CREATE "+unlogged+" TABLE ", 1)
	}
	return s.SQL
}

// Lines returns the clauses that stand in the parentheses of a CREATE TABLE.
func (s Statement) Lines() []Clause {
	return slices.DeleteFunc(slices.Clone(s.Clauses), func(c Clause) bool { return c.Slot != "" })
}
