package migration

import "strings"

// A token is a piece of SQL. The pieces of a text, put together, are the text.
type token struct {
	kind tokenKind
	text string
	open bool // the text ends in it
}

type tokenKind int

const (
	codeToken      tokenKind = iota // a word, a number, an operator
	spaceToken                      // blanks and line breaks
	semicolonToken                  //
	lineComment                     // without its line break
	blockComment                    //
	quotedName                      // "name"
	plainString                     // 'text'
	escapeString                    // E'text'
	prefixedString                  // U&'text', U&"name", B'', X'', N''
	dollarString                    // $tag$text$tag$
)

// nextToken returns the token at the beginning of sql, which is not empty. It
// reads as PostgreSQL does with standard_conforming_strings on.
func nextToken(sql string) token {
	c := sql[0]
	switch {
	case isSpace(c):
		return token{kind: spaceToken, text: sql[:runOf(sql, isSpace)]}
	case c == ';':
		return token{kind: semicolonToken, text: ";"}
	case strings.HasPrefix(sql, "--"):
		return token{kind: lineComment, text: sql[:runOf(sql, func(c byte) bool { return c != '\n' })]}
	case strings.HasPrefix(sql, "/*"):
		return blockAt(sql)
	case c == '"':
		return delimited(quotedName, sql, 0, '"', false)
	case c == '\'':
		return delimited(plainString, sql, 0, '\'', false)
	case c == '$':
		return dollarAt(sql)
	case isWord(c):
		return wordAt(sql)
	}
	return token{text: sql[:1]}
}

// wordAt returns a word or number, or the string that it is the prefix of.
func wordAt(sql string) token {
	end := runOf(sql, func(c byte) bool { return isWord(c) || c == '$' })
	rest := sql[end:]
	switch prefix := strings.ToLower(sql[:end]); {
	case strings.HasPrefix(rest, "'") && prefix == "e":
		return delimited(escapeString, sql, end, '\'', true)
	case strings.HasPrefix(rest, "'") && (prefix == "b" || prefix == "x" || prefix == "n"):
		return delimited(prefixedString, sql, end, '\'', false)
	case prefix == "u" && strings.HasPrefix(rest, "&'"):
		return delimited(prefixedString, sql, end+1, '\'', false)
	case prefix == "u" && strings.HasPrefix(rest, `&"`):
		return delimited(prefixedString, sql, end+1, '"', false)
	}
	return token{text: sql[:end]}
}

// delimited returns the token whose opening quote is at an offset. A doubled
// quote, and with escapes one behind a backslash, is part of it.
func delimited(kind tokenKind, sql string, at int, mark byte, escapes bool) token {
	for i := at + 1; i < len(sql); i++ {
		switch {
		case escapes && sql[i] == '\\':
			i++
		case sql[i] != mark:
		case i+1 < len(sql) && sql[i+1] == mark:
			i++
		default:
			return token{kind: kind, text: sql[:i+1]}
		}
	}
	return token{kind: kind, text: sql, open: true}
}

func blockAt(sql string) token {
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
			return token{kind: blockComment, text: sql[:i+1]}
		}
	}
	return token{kind: blockComment, text: sql, open: true}
}

func dollarAt(sql string) token {
	tag := dollarTag(sql)
	if tag == "" {
		return token{text: sql[:1]}
	}
	end := strings.Index(sql[len(tag):], tag)
	if end < 0 {
		return token{kind: dollarString, text: sql, open: true}
	}
	return token{kind: dollarString, text: sql[:end+2*len(tag)]}
}

// dollarTag returns the $tag$ at the beginning of sql, or "".
func dollarTag(sql string) string {
	end := 1 + runOf(sql[1:], isWord)
	if end >= len(sql) || sql[end] != '$' || (end > 1 && sql[1] >= '0' && sql[1] <= '9') {
		return ""
	}
	return sql[:end+1]
}

// tokens returns the pieces of a text.
func tokens(sql string) []token {
	var all []token
	for sql != "" {
		t := nextToken(sql)
		all = append(all, t)
		sql = sql[len(t.text):]
	}
	return all
}

func runOf(text string, is func(byte) bool) int {
	for i := range len(text) {
		if !is(text[i]) {
			return i
		}
	}
	return len(text)
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
