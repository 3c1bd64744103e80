package postgres

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// controlsTransaction reports whether a statement begins or ends a transaction.
func controlsTransaction(sql string) bool {
	words := append(sqltext.Words(sql, 3), "", "", "")
	switch next := words[1]; words[0] {
	case "BEGIN", "COMMIT", "END", "ABORT":
		return true
	case "START", "PREPARE":
		return next == "TRANSACTION"
	case "ROLLBACK":
		if next == "WORK" || next == "TRANSACTION" {
			next = words[2]
		}
		return next != "TO"
	}
	return false
}

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
// something all the same, such as left an invalid index.
func leavesRemnants(sql string) bool {
	return strings.Contains(strings.ToUpper(sql), "CONCURRENTLY") || strings.Contains(sql, ";")
}
