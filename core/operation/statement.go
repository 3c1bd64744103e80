package operation

import "strings"

// A Statement is one SQL statement without its semicolon. Where Clauses are set,
// it is SQL, the clauses, and Tail. Those of a Table stand in parentheses: operations
// of the parts of a table become clauses of the statement that creates it. All others
// are actions of an ALTER TABLE, which can become one with those of other operations.
type Statement struct {
	SQL     string   `json:"sql"`
	Clauses []Clause `json:"clauses,omitempty"`
	Tail    string   `json:"tail,omitempty"`
	// Table marks a CREATE TABLE, which has parentheses even without clauses.
	Table bool `json:"table,omitempty"`
}

// A Clause is one line of a CREATE TABLE, or an action of an ALTER TABLE. Those of a
// CREATE TABLE stand by group, then by rank; actions stay in their order.
type Clause struct {
	SQL   string `json:"sql"`
	Group int    `json:"group,omitempty"` // columns 0, constraints 1; actions: see the constants
	Rank  int    `json:"rank,omitempty"`
	// Slot says that the clause is no line: it fills this place of the CREATE TABLE.
	Slot Slot `json:"slot,omitempty"`
}

// The groups of actions, in the order in which PostgreSQL takes those of one
// ALTER TABLE, whatever the order that they are written in.
const (
	Dropping = iota
	Altering
	Adding
)

// AlterTable returns an ALTER TABLE whose actions can become one statement with those
// of other operations on the table.
func AlterTable(table string, group int, actions ...string) Statement {
	s := Statement{SQL: "ALTER TABLE " + table}
	for _, action := range actions {
		s.Clauses = append(s.Clauses, Clause{SQL: action, Group: group})
	}
	return s
}

// Joins reports whether the statement is made of actions that can become one with
// those of other operations.
func (s Statement) Joins() bool { return !s.Table && len(s.Clauses) > 0 }

// An Inline is an operation as a part of the one that creates or drops Into. In
// a create, Clause joins its Up statement; in a drop, its Down statement.
//
// The first statement of a create does the same to a table that is there, and the last
// one of its way back undoes that; of a drop it is the other way round. These give way to
// a clause, and to no table there is nothing to undo. Without Alone there are none for a
// clause that fills a slot, and what is said by it can be said of a new table only.
type Inline struct {
	Clause Clause `json:"clause"`
	// Alone: a clause of a slot has such statements. Lines always do.
	Alone bool `json:"alone,omitempty"`
}

// Text returns the statement as SQL, without a semicolon.
func (s Statement) Text() string {
	var lines []string
	for _, clause := range s.Lines() {
		lines = append(lines, "    "+clause.SQL)
	}
	switch {
	case !s.Table && len(lines) == 1:
		return s.SQL + " " + s.Clauses[0].SQL + s.Tail
	case !s.Table && len(lines) > 1:
		return s.SQL + "\n" + strings.Join(lines, ",\n") + s.Tail
	case !s.Table:
		return s.SQL
	case len(lines) == 0:
		return s.head() + " ()" + s.filled() + s.Tail
	}
	return s.head() + " (\n" + strings.Join(lines, ",\n") + "\n)" + s.filled() + s.Tail
}

// SQL returns statements for texts that are complete.
func SQL(texts ...string) []Statement {
	statements := make([]Statement, len(texts))
	for i, text := range texts {
		statements[i] = Statement{SQL: text}
	}
	return statements
}
