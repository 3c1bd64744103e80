// Package record is the contract between the triggers that write the audit log and
// those who read it: the names of tables, columns and settings, and what stands in
// them.
//
// Package triggers makes its SQL of these names, package auditlog reads and undoes
// by them. The package brings nothing with it: neither a driver nor the plugin.
//
// The names are in databases and in migrations that have been applied, so they are
// never changed, only added to.
package record

import "github.com/whimbreldb/whimbrel/core/address"

// Where records are.
const (
	// Schema has the log, the history tables and the functions that look after them.
	Schema = "audit"
	// Log is the table of all models that have no history table.
	Log = Schema + ".log"
	// Renames says what columns were called before.
	Renames = Schema + ".renames"
	// Guard is the trigger function that keeps records from being changed. It is on
	// the log, its partitions and the history tables.
	Guard = Schema + ".refuse_change"
)

// History returns the table of a model that has one of its own, as SQL.
func History(table string) string { return address.Qualify(Schema, table) }

// The operations of records: what was done to a row or to a table, and a row that
// was there when the audit began.
const (
	Insert   = "INSERT"
	Update   = "UPDATE"
	Delete   = "DELETE"
	Truncate = "TRUNCATE"
	Snapshot = "SNAPSHOT"
)

// Operations returns the operations that a record can have.
func Operations() []string { return []string{Insert, Update, Delete, Truncate, Snapshot} }

// Masked stands for a value that is not recorded, as a string.
const Masked = "[masked]"

// Text is the only key of an object that stands for a value whose JSON would not be
// the same again, or that JSON cannot have: the value is its text.
const Text = "[text]"

// Since is the beginning of the comment of a column of a history table. The number of
// the last record from before the column follows.
const Since = "since record "

// Own is the comment of those columns of a history table that are not of its model and
// have not always been there.
const Own = "of the record"

// The keys of a context that is an object.
const (
	// Actor is who the application says it works for.
	Actor = "actor"
	// Whole is what the setting had, if that was no object and an actor is known.
	Whole = "context"
)
