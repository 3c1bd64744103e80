package sqltext

import "strings"

// delimited returns the token whose opening quote is at an offset. A doubled
// quote is part of it.
func delimited(kind Kind, sql string, at int, mark byte) Token {
	for i := at + 1; i < len(sql); i++ {
		switch {
		case sql[i] != mark:
		case i+1 < len(sql) && sql[i+1] == mark:
			i++
		default:
			return Token{Kind: kind, Text: sql[:i+1]}
		}
	}
	return Token{Kind: kind, Text: sql, Open: true}
}

// escapes returns the E” string at the beginning of sql. Behind a line break it
// may go on with another quote, where backslashes mean what they did before.
func escapes(sql string) Token {
	end := len("E")
	for {
		behind, ok := closing(sql, end+1)
		if !ok {
			return Token{Kind: EscapeString, Text: sql, Open: true}
		}
		if end = continued(sql, behind); end < 0 {
			return Token{Kind: EscapeString, Text: sql[:behind]}
		}
	}
}

// closing returns the offset behind the quote that ends text with escapes.
func closing(sql string, at int) (behind int, ok bool) {
	for i := at; i < len(sql); i++ {
		switch {
		case sql[i] == '\\':
			i++
		case sql[i] != '\'':
		case i+1 < len(sql) && sql[i+1] == '\'':
			i++
		default:
			return i + 1, true
		}
	}
	return 0, false
}

// continued returns the offset of the quote with which a string goes on, or -1:
// only blanks and comments with a line break are between the two.
func continued(sql string, at int) int {
	lines := false
	for at < len(sql) {
		switch c := sql[at]; {
		case c == '\n' || c == '\r':
			lines = true
			at++
		case isSpace(c):
			at++
		case strings.HasPrefix(sql[at:], "--") && lines:
			at += runOf(sql[at:], inLine)
		case c == '\'' && lines:
			return at
		default:
			return -1
		}
	}
	return -1
}

// dollar returns a dollar-quoted string, a parameter, or the sign alone.
func dollar(sql string) Token {
	if digits := runOf(sql[1:], isDigit); digits > 0 {
		return Token{Kind: Parameter, Text: sql[:1+digits]}
	}
	tag := Tag(sql)
	if tag == "" {
		return Token{Kind: Symbol, Text: sql[:1]}
	}
	end := strings.Index(sql[len(tag):], tag)
	if end < 0 {
		return Token{Kind: DollarString, Text: sql, Open: true}
	}
	return Token{Kind: DollarString, Text: sql[:end+2*len(tag)]}
}

// Tag returns the $tag$ with which a dollar-quoted string begins, or "".
func Tag(sql string) string {
	if !strings.HasPrefix(sql, "$") {
		return ""
	}
	end := 1 + runOf(sql[1:], isWord)
	if end >= len(sql) || sql[end] != '$' || isDigit(sql[1]) {
		return ""
	}
	return sql[:end+1]
}
