package migration

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// normalise returns a statement without blanks around it and semicolons at its
// end, and its tokens. What holds nothing but comments gives "".
func normalise(sql string) (string, []token) {
	parts := tokens(sql)
	for len(parts) > 0 && parts[0].kind == spaceToken {
		parts = parts[1:]
	}
	for len(parts) > 0 && (parts[len(parts)-1].kind == spaceToken || parts[len(parts)-1].kind == semicolonToken) {
		parts = parts[:len(parts)-1]
	}
	if !hasCode(parts) {
		return "", nil
	}
	return join(parts), parts
}

func hasCode(parts []token) bool {
	for _, t := range parts {
		switch t.kind {
		case spaceToken, semicolonToken, lineComment, blockComment:
		default:
			return true
		}
	}
	return false
}

func join(parts []token) string {
	var b strings.Builder
	for _, t := range parts {
		b.WriteString(t.text)
	}
	return b.String()
}

// written returns a statement as it is run and as it stands in a file, with line
// breaks. What is on one line and ends at its only semicolon, for goose too,
// stands bare; everything else between StatementBegin and StatementEnd. Both are
// empty for a statement of nothing but comments.
func written(sql string) (text, lines string, err error) {
	if !utf8.ValidString(sql) || strings.ContainsRune(sql, 0) {
		return "", "", errors.New("a statement is no UTF-8 text, or has a zero byte in it")
	}
	text, parts := normalise(sql)
	if text == "" {
		return "", "", nil
	}
	if text, parts = safe(text, parts); disturbs(text) {
		return "", "", errors.New("a line of a statement would be read as a directive of goose or whimbrel, and cannot be written in another way")
	}
	last := parts[len(parts)-1]
	if !last.open && !strings.ContainsAny(text, "\n;") && !strings.Contains(text, "--") && !strings.Contains(text, "/*") {
		return text, text + ";\n", nil
	}
	return text, statementBegin + "\n" + text + ending(last) + "\n" + statementEnd + "\n", nil
}

// ending returns the semicolon behind the last token of a statement.
func ending(last token) string {
	switch {
	case last.open:
		return "" // it would become part of the token
	case last.kind == lineComment:
		return "\n;"
	}
	return ";"
}

// split divides SQL into statements at its semicolons. line is that of its
// beginning. rest is what stands behind the last semicolon, if it is more than
// blanks and comments.
func split(sql string, line int) (statements []Statement, rest *Statement) {
	begin, code := 0, false
	beginLine, at := line, 0
	for at < len(sql) {
		t := nextToken(sql[at:])
		switch t.kind {
		case spaceToken, lineComment, blockComment:
			if !code { // what stands before a statement is no part of it
				begin, beginLine = at+len(t.text), line+strings.Count(t.text, "\n")
			}
		case semicolonToken:
			if code {
				statements = append(statements, Statement{SQL: strings.TrimRight(sql[begin:at], blanks), Line: beginLine})
			}
			begin, beginLine, code = at+1, line, false
		default:
			code = true
		}
		line += strings.Count(t.text, "\n")
		at += len(t.text)
	}
	if code {
		rest = &Statement{SQL: sql[begin:], Line: beginLine}
	}
	return statements, rest
}

// blanks are PostgreSQL's.
const blanks = " \t\n\v\f\r"
