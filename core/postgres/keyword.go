package postgres

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// changesRows reports whether a statement reads or changes rows only, so that
// triggers may go on waiting for the end of the transaction.
func changesRows(sql string) bool {
	switch sqltext.Keyword(sql) {
	case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "SELECT", "WITH", "VALUES", "TABLE", "SET", "RESET", "SHOW":
		return true
	}
	return false
}

// queuesTriggers reports whether deferred triggers may wait after a statement.
func queuesTriggers(sql string) bool {
	switch sqltext.Keyword(sql) {
	case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "SELECT", "WITH", "DO", "CALL", "EXECUTE", "SET":
		return true
	}
	return strings.Contains(sql, ";") // several statements: not looked into
}

// leavesRemnants reports whether a statement that fails may have changed
// something all the same: left an invalid index, or committed a part of what it did.
func leavesRemnants(sql string) bool {
	switch sqltext.Keyword(sql) {
	case "CALL", "DO":
		return true
	}
	return strings.Contains(strings.ToUpper(sql), "CONCURRENTLY") || strings.Contains(sql, ";")
}
