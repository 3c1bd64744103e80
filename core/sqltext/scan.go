package sqltext

import (
	"iter"
	"strings"
)

// Scan returns the tokens of a text one by one.
func Scan(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		goesOn := -1 // offset of the quote with which an E'' string goes on
		for at := 0; at < len(text); {
			t := next(text[at:])
			if at == goesOn {
				t = escapes(text[at:], 0)
			}
			t.Offset = at
			if !yield(t) {
				return
			}
			at = t.End()
			if t.Kind == EscapeString {
				goesOn = continued(text, at)
			}
		}
	}
}

// next returns the token at the beginning of sql, which is not empty.
func next(sql string) Token {
	c := sql[0]
	switch {
	case isSpace(c):
		return Token{Kind: Space, Text: sql[:runOf(sql, isSpace)]}
	case c == ';':
		return Token{Kind: Semicolon, Text: ";"}
	case strings.HasPrefix(sql, "--"):
		return Token{Kind: LineComment, Text: sql[:runOf(sql, inLine)]}
	case strings.HasPrefix(sql, "/*"):
		return block(sql)
	case c == '"':
		return delimited(QuotedName, sql, 0, '"')
	case c == '\'':
		return delimited(PlainString, sql, 0, '\'')
	case c == '$':
		return dollar(sql)
	case strings.HasPrefix(sql, ".."):
		return Token{Kind: Symbol, Text: ".."}
	case isDigit(c), c == '.' && len(sql) > 1 && isDigit(sql[1]):
		return number(sql)
	case IsWordByte(c):
		return word(sql)
	}
	return Token{Kind: Symbol, Text: sql[:1]}
}

// word returns a word, or the string or name that it is the prefix of.
func word(sql string) Token {
	end := runOf(sql, func(c byte) bool { return IsWordByte(c) || c == '$' })
	rest := sql[end:]
	if rest == "" || rest[0] != '\'' && rest[0] != '&' {
		return Token{Kind: Word, Text: sql[:end]}
	}
	switch prefix := strings.ToLower(sql[:end]); {
	case strings.HasPrefix(rest, "'") && prefix == "e":
		return escapes(sql, end)
	case strings.HasPrefix(rest, "'") && (prefix == "b" || prefix == "x" || prefix == "n"):
		return delimited(PrefixedString, sql, end, '\'')
	case prefix == "u" && strings.HasPrefix(rest, "&'"):
		return delimited(PrefixedString, sql, end+1, '\'')
	case prefix == "u" && strings.HasPrefix(rest, `&"`):
		return delimited(UnicodeName, sql, end+1, '"')
	}
	return Token{Kind: Word, Text: sql[:end]}
}

// number returns a number with all that sticks to it. Two dots end it, as in
// 1..10; a sign belongs to it behind an exponent only.
func number(sql string) Token {
	hex := len(sql) > 1 && sql[0] == '0' && sql[1]|0x20 == 'x'
	end := 0
	for ; end < len(sql); end++ {
		c := sql[end]
		dot := c == '.' && !strings.HasPrefix(sql[end:], "..")
		sign := (c == '+' || c == '-') && end > 0 && !hex && sql[end-1]|0x20 == 'e' && end+1 < len(sql) && isDigit(sql[end+1])
		if !IsWordByte(c) && !dot && !sign {
			break
		}
	}
	return Token{Kind: Number, Text: sql[:end]}
}

func block(sql string) Token {
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
			return Token{Kind: BlockComment, Text: sql[:i+1]}
		}
	}
	return Token{Kind: BlockComment, Text: sql, Open: true}
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

func inLine(c byte) bool { return c != '\n' && c != '\r' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsWordByte reports whether a byte can stand in a name without quotes.
func IsWordByte(c byte) bool {
	return c == '_' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
