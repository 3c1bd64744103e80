package migration

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// CountStatements returns how many statements SQL is, as psql would count them.
// Text without a semicolon is one.
func CountStatements(sql string) int {
	if !strings.Contains(sql, ";") {
		return 1
	}
	return len(sqltext.Split(sql))
}
