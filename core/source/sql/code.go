package sql

import "github.com/whimbreldb/whimbrel/core/sqltext/ddl"

// CodeNoWord is the code of what the model language has no word for.
const CodeNoWord = codeNoWord

// PassesOver reports whether a table is passed over: runners of migrations keep their
// books in it.
func PassesOver(table ddl.Name) bool { return passedTable(table) }
