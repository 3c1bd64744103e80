package plugins

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// judgeSQL refuses a statement that holds another one: people look at statements
// one by one, and so does what runs them.
func (p *plugin) judgeSQL(result detect.Result) error {
	for _, op := range result.Operations {
		for _, s := range statementsOf(op) {
			parts := []string{s.SQL, s.Tail}
			for _, clause := range s.Clauses {
				parts = append(parts, clause.SQL)
			}
			for _, sql := range parts {
				if count := countStatements(sql); count > 1 {
					what := fmt.Sprintf("emits %s on %s with %d statements in one: %s", op.Kind, op.Target, count, printable(brief(sql)))
					return p.diagnostic("WH4047", what, "Each statement is reviewed, timed and undone by itself.", p.report())
				}
			}
		}
	}
	return nil
}

func statementsOf(op operation.Operation) []operation.Statement {
	all := slices.Concat(op.Up, op.Down)
	if op.Aside != nil {
		all = slices.Concat(all, op.Aside.Up, op.Aside.Down, op.Aside.RestUp, op.Aside.RestDown)
	}
	return all
}

// countStatements returns how many statements SQL is, as psql would count them.
func countStatements(sql string) int {
	if !strings.Contains(sql, ";") {
		return 1
	}
	count, depth, pending, last := 0, 0, false, ""
	for at := 0; at < len(sql); {
		next, word := lexeme(sql, at)
		switch {
		case word == ";" && depth == 0:
			pending = false
		case word != "":
			if !pending {
				count, pending = count+1, true
			}
			depth = max(0, depth+nesting(last, word, depth))
			last = word
		}
		at = next
	}
	return count
}

// nesting returns how a word changes the depth of BEGIN ATOMIC ... END, the body of
// a function in SQL, which has statements in it.
func nesting(last, word string, depth int) int {
	switch {
	case last == "BEGIN" && word == "ATOMIC", depth > 0 && word == "CASE":
		return 1
	case depth > 0 && word == "END":
		return -1
	}
	return 0
}

// lexeme returns where the text after at goes on, and the word that is there in
// capitals: empty for blanks and comments, a sign for anything else.
func lexeme(sql string, at int) (next int, word string) {
	rest := sql[at:]
	switch c := rest[0]; {
	case strings.HasPrefix(rest, "--"):
		return at + until(rest, "\n", 2), ""
	case strings.HasPrefix(rest, "/*"):
		return at + comment(rest), ""
	case strings.ContainsRune(" \t\n\r\f\v", rune(c)):
		return at + 1, ""
	case (c == 'e' || c == 'E') && strings.HasPrefix(rest[1:], "'"):
		return at + 1 + escaped(rest[1:]), "'"
	case c == '\'', c == '"':
		return at + until(rest, string(c), 1), "'"
	case c == '$':
		return at + dollars(rest), "'"
	case wordByte(c):
		end := 1
		for end < len(rest) && (wordByte(rest[end]) || rest[end] == '$') {
			end++
		}
		return at + end, strings.ToUpper(rest[:end])
	default:
		return at + 1, string(c)
	}
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// until returns the length up to the end of what ends with a text.
func until(rest, end string, from int) int {
	i := strings.Index(rest[from:], end)
	if i < 0 {
		return len(rest)
	}
	return from + i + len(end)
}

// escaped returns the length of a string in which a backslash escapes.
func escaped(rest string) int {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '\'':
			return i + 1
		}
	}
	return len(rest)
}

// comment returns the length of a block comment; they nest.
func comment(rest string) int {
	depth := 0
	for i := 0; i+1 < len(rest); i++ {
		switch rest[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(rest)
}

// dollars returns the length of a string in dollar quotes, or of the sign.
func dollars(rest string) int {
	end := 1
	for end < len(rest) && wordByte(rest[end]) {
		end++
	}
	if end >= len(rest) || rest[end] != '$' {
		return 1
	}
	return until(rest, rest[:end+1], end+1)
}
