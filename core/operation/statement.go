package operation

import "strings"

// A Statement is one SQL statement without its semicolon. Where Clauses are set,
// it is SQL, the clauses in parentheses, and Tail: operations of the parts of a
// table become clauses of the statement that creates it.
type Statement struct {
	SQL     string   `json:"sql"`
	Clauses []Clause `json:"clauses,omitempty"`
	Tail    string   `json:"tail,omitempty"`
	// Table marks a CREATE TABLE, which has parentheses even without clauses.
	Table bool `json:"table,omitempty"`
}

// A Clause is one line of a CREATE TABLE. Clauses stand by group, then by rank.
type Clause struct {
	SQL   string `json:"sql"`
	Group int    `json:"group,omitempty"` // columns 0, constraints 1
	Rank  int    `json:"rank,omitempty"`
}

// An Inline is an operation as a part of the one that creates or drops Into. In
// a create, Clause joins its Up statement; in a drop, its Down statement.
type Inline struct {
	Clause Clause `json:"clause"`
}

// Text returns the statement as SQL, without a semicolon.
func (s Statement) Text() string {
	if !s.Table {
		return s.SQL
	}
	if len(s.Clauses) == 0 {
		return s.SQL + " ()" + s.Tail
	}
	lines := make([]string, len(s.Clauses))
	for i, clause := range s.Clauses {
		lines[i] = "    " + clause.SQL
	}
	return s.SQL + " (\n" + strings.Join(lines, ",\n") + "\n)" + s.Tail
}

// SQL returns statements for texts that are complete.
func SQL(texts ...string) []Statement {
	statements := make([]Statement, len(texts))
	for i, text := range texts {
		statements[i] = Statement{SQL: text}
	}
	return statements
}
