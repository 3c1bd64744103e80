package migration

import "strings"

// CountStatements returns how many statements SQL is, as psql would count them.
// Text without a semicolon is one.
func CountStatements(sql string) int {
	if !strings.Contains(sql, ";") {
		return 1
	}
	count, depth, pending, last := 0, 0, false, ""
	for _, t := range tokens(sql) {
		switch {
		case t.kind == semicolonToken && depth == 0:
			pending = false
		case t.kind == spaceToken || t.kind == lineComment || t.kind == blockComment:
		default:
			if !pending {
				count, pending = count+1, true
			}
			word := strings.ToUpper(t.text)
			depth = max(0, depth+nesting(last, word, depth))
			last = word
		}
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
