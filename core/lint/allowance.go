package lint

import (
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// An allowance is a comment that lets the statement behind it break a rule.
type allowance struct{ code, reason string }

var allowing = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^--\s*lint:allow\s+(WH\d{4})\s*:?\s*(.*)$`) })

// allowed returns what the comments right before a statement allow.
func (c *check) allowed(s ddl.Statement) []allowance {
	var found []allowance
	lines := strings.Split(c.text.SQL[:s.Span.From], "\n")
	lines = lines[:len(lines)-1] // the statement's own
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(line, "--") {
			return found
		}
		if m := allowing().FindStringSubmatch(line); m != nil {
			found = append(found, allowance{code: m[1], reason: strings.TrimSpace(m[2])})
		}
	}
	return found
}

// words returns the words of a statement in capitals, without quoted names, strings and
// comments.
func words(text string) []string {
	var all []string
	for token := range sqltext.Scan(text) {
		if token.Kind == sqltext.Word {
			all = append(all, strings.ToUpper(token.Text))
		}
	}
	return all
}
