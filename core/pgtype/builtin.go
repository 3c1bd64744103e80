package pgtype

import (
	_ "embed" // for the names of functions
	"strings"
)

//go:embed functions.txt
var functions string

// IsFunction reports whether a name, as PostgreSQL keeps it, is one of its own functions:
// one of the schema pg_catalog. Its source is pg_proc.proname of PostgreSQL 15, with what
// later versions have.
func IsFunction(name string) bool {
	if strings.HasPrefix(name, "pg_") {
		return true
	}
	for begin := 0; name != ""; {
		at := strings.Index(functions[begin:], name)
		if at < 0 {
			break
		}
		at += begin
		begin = at + len(name)
		if (at == 0 || blank(functions[at-1])) && begin < len(functions) && blank(functions[begin]) {
			return true
		}
	}
	return false
}

func blank(c byte) bool { return c == ' ' || c == '\n' }
