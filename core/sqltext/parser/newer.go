package parser

import (
	"errors"
	"strings"
)

// virtual is a word of PostgreSQL 18 behind a generated column, which libpg_query is too
// old for. The statement reads the same with STORED there, which is as long with a blank;
// what it says is taken from its text.
const virtual = "VIRTUAL"

// virtualAt returns where a text has that word, if that is what is wrong with it.
func virtualAt(text string, err error) (int, bool) {
	var wrong *SyntaxError
	if !errors.As(err, &wrong) || wrong.Offset+len(virtual) > len(text) {
		return 0, false
	}
	before := strings.TrimRight(text[:wrong.Offset], " \t\r\n")
	return wrong.Offset, strings.EqualFold(text[wrong.Offset:wrong.Offset+len(virtual)], virtual) && strings.HasSuffix(before, ")")
}
