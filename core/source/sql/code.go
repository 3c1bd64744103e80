package sql

import "github.com/whimbreldb/whimbrel/core/sqltext/ddl"

// The codes of what the model language has no word for, in a statement and as a whole.
const (
	CodeNoWord   = codeNoWord
	CodeNoObject = codeNoObject
)

// PassesOver reports whether a table is passed over: runners of migrations keep their
// books in it.
func PassesOver(table ddl.Name) bool { return passedTable(table) }
