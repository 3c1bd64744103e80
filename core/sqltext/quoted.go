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

// escapes returns the string whose opening quote is at an offset. A quote that is
// doubled or behind a backslash is part of it.
func escapes(sql string, at int) Token {
	for i := at + 1; i < len(sql); i++ {
		switch {
		case sql[i] == '\\':
			i++
		case sql[i] != '\'':
		case i+1 < len(sql) && sql[i+1] == '\'':
			i++
		default:
			return Token{Kind: EscapeString, Text: sql[:i+1]}
		}
	}
	return Token{Kind: EscapeString, Text: sql, Open: true}
}

// continued returns the offset of the quote with which a string goes on, or -1:
// only blanks and comments with a line break are between the two. A backslash
// means there what it did before.
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
	end := 1 + runOf(sql[1:], IsWordByte)
	if end >= len(sql) || sql[end] != '$' || isDigit(sql[1]) {
		return ""
	}
	return sql[:end+1]
}
