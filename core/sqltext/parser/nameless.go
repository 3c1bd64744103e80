package parser

import (
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

var (
	// decimal are the numbers that every version of PostgreSQL reads.
	decimal = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`) })

	// reserved are the words that are whole expressions and cannot be the name of a
	// column: appendix C of PostgreSQL's manual.
	reserved = map[string]bool{
		"null": true, "true": true, "false": true, "user": true,
		"current_user": true, "session_user": true, "current_role": true, "current_catalog": true,
		"current_date": true, "current_time": true, "current_timestamp": true, "localtime": true, "localtimestamp": true,
	}
)

// nameless reports whether an expression is one word or one literal that names
// nothing, such as NULL. Nobody starts the parser for that.
func nameless(text string) bool {
	var only sqltext.Token
	for t := range sqltext.Scan(text) {
		switch {
		case t.Kind.Blank() && !t.Open:
		case only.Text != "" || t.Open:
			return false
		default:
			only = t
		}
	}
	switch only.Kind {
	case sqltext.Number:
		return decimal().MatchString(only.Text)
	case sqltext.PlainString:
		return !strings.ContainsRune(only.Text, 0)
	case sqltext.Word:
		return reserved[strings.ToLower(only.Text)]
	}
	return false
}
