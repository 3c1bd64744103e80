package migration

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// normalise returns a statement without blanks around it and semicolons at its
// end, and its tokens. What holds nothing but comments gives "".
func normalise(sql string) (string, []sqltext.Token) {
	parts := slices.Collect(sqltext.Scan(sql))
	for len(parts) > 0 && parts[0].Kind == sqltext.Space {
		parts = parts[1:]
	}
	for len(parts) > 0 && (parts[len(parts)-1].Kind == sqltext.Space || parts[len(parts)-1].Kind == sqltext.Semicolon) {
		parts = parts[:len(parts)-1]
	}
	if !slices.ContainsFunc(parts, isCode) {
		return "", nil
	}
	return join(parts), parts
}

func isCode(t sqltext.Token) bool { return !t.Kind.Blank() && t.Kind != sqltext.Semicolon }

func join(parts []sqltext.Token) string {
	var b strings.Builder
	for _, t := range parts {
		b.WriteString(t.Text)
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
	if !last.Open && !strings.ContainsAny(text, "\n;") && !strings.Contains(text, "--") && !strings.Contains(text, "/*") {
		return text, text + ";\n", nil
	}
	return text, statementBegin + "\n" + text + ending(last) + "\n" + statementEnd + "\n", nil
}

// ending returns the semicolon behind the last token of a statement.
func ending(last sqltext.Token) string {
	switch {
	case last.Open:
		return "" // it would become part of the token
	case last.Kind == sqltext.LineComment:
		return "\n;"
	}
	return ";"
}

// split divides SQL into statements at its semicolons. line is that of its
// beginning. rest is what stands behind the last semicolon, if it is more than
// blanks and comments.
func split(sql string, line int) (statements []Statement, rest *Statement) {
	at := 0
	for _, s := range sqltext.Split(sql) {
		line += strings.Count(sql[at:s.Offset], "\n")
		at = s.Offset
		if !s.Ended {
			return statements, &Statement{SQL: sql[at:], Line: line}
		}
		statements = append(statements, Statement{SQL: s.Text, Line: line})
	}
	return statements, nil
}
