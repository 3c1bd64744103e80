package postgres

import "strings"

// keyword returns the first word of SQL in capitals, comments skipped, and the
// rest behind it.
func keyword(sql string) (word, rest string) {
	sql = skipComments(sql)
	end := 0
	for end < len(sql) && isLetter(sql[end]) {
		end++
	}
	return strings.ToUpper(sql[:end]), sql[end:]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// skipComments returns SQL from its first character that is no blank and in no
// comment.
func skipComments(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\n\v\f\r;(")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			sql = skipBlock(sql)
		default:
			return sql
		}
	}
}

// skipBlock returns what is behind a block comment; they nest.
func skipBlock(sql string) string {
	depth := 0
	for i := 0; i+1 < len(sql); i++ {
		switch sql[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return sql[i+1:]
		}
	}
	return ""
}

// controlsTransaction reports whether a statement begins or ends a transaction.
func controlsTransaction(sql string) bool {
	word, rest := keyword(sql)
	next, rest := keyword(rest)
	switch word {
	case "BEGIN", "COMMIT", "END", "ABORT":
		return true
	case "START":
		return next == "TRANSACTION"
	case "PREPARE":
		return next == "TRANSACTION"
	case "ROLLBACK":
		if next == "WORK" || next == "TRANSACTION" {
			next, _ = keyword(rest)
		}
		return next != "TO"
	}
	return false
}

// changesRows reports whether a statement reads or changes rows only, so that
// triggers may go on waiting for the end of the transaction.
func changesRows(sql string) bool {
	switch word, _ := keyword(sql); word {
	case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "SELECT", "WITH", "VALUES", "TABLE", "SET", "RESET", "SHOW":
		return true
	}
	return false
}

// queuesTriggers reports whether deferred triggers may wait after a statement.
func queuesTriggers(sql string) bool {
	switch word, _ := keyword(sql); word {
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
