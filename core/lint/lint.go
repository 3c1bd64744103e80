// Package lint finds in SQL written by hand what a database in use, or the programs on
// it, suffer from: locks that everybody waits for, rows that are lost, names that the
// version of a program before still uses. What whimbrel writes itself says so in its
// header; SQL by hand has nobody who looks.
//
// A statement is judged by what it says and by what stands before it in the same text:
// a table that the text makes has no rows, and nobody uses it yet. Nothing is asked of a
// database.
//
// The rules are those on which the field agrees, as strong_migrations, squawk and
// PostgreSQL's documentation of locks (chapters 13.3 and ALTER TABLE) have them.
package lint

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Text is SQL to be judged.
type Text struct {
	SQL string
	// File is what messages call it, and Offset where in it the SQL begins, with the
	// whole of the file in Whole.
	File   string
	Whole  string
	Offset int
	// Alone says that each statement runs by itself, outside a transaction.
	Alone bool
}

// Check returns what a text breaks of the rules, as warnings in the order of the text. A
// statement with a comment "-- lint:allow CODE: reason" right before it may break that
// rule; without a reason it may not. What PostgreSQL could not read is an error among
// them.
func Check(p *parser.Parser, text Text) (diag.List, error) {
	statements, problems, err := ddl.Read(p, text.SQL)
	if err != nil {
		return nil, err
	}
	c := &check{text: text, document: declare.NewDocument(text.File, []byte(text.Whole)), parser: p, made: map[string]bool{}}
	for _, problem := range problems {
		if !problem.Data {
			c.unreadable(problem)
		}
	}
	for _, s := range statements {
		if err := c.statement(s); err != nil {
			return nil, err
		}
	}
	return c.found.Sorted(), nil
}

// A check is a text on its way through the rules.
type check struct {
	text     Text
	document *declare.Document // for places in the file
	parser   *parser.Parser
	made     map[string]bool // relations that the text makes
	found    diag.List
}

// place returns where a span of the text is in its file.
func (c *check) place(s ddl.Span) diag.Range {
	return c.document.Range(declare.Span{From: int32(c.text.Offset + s.From), To: int32(c.text.Offset + s.To)})
}

// A statement is one with what it does.
type statement struct {
	ddl.Statement
	act   parser.Act
	words []string // in capitals
	fresh func(ddl.Name) bool
	alone bool
}

// a finding is what a rule says of a statement.
type finding struct {
	what, why, next string
	at              ddl.Span // zero: the statement
}

func (c *check) statement(s ddl.Statement) error {
	if s.What == nil {
		return nil
	}
	acts, err := c.parser.Effects(s.Text)
	if err != nil || len(acts) != 1 {
		return err
	}
	seen := statement{Statement: s, act: acts[0], words: words(s.Text), fresh: c.fresh, alone: c.text.Alone}
	allowed := c.allowed(s)
	for _, r := range rules() {
		for _, f := range r.judge(seen) {
			c.add(r, seen, f, allowed)
		}
	}
	c.learn(seen)
	return nil
}

// fresh reports whether the text makes a relation.
func (c *check) fresh(n ddl.Name) bool { return c.made[n.Name] }

func (c *check) learn(s statement) {
	for _, e := range s.act.Effects {
		if e.Verb == parser.Creates && slices.Contains([]string{"table", "materialized view"}, e.Class) {
			c.made[e.Name] = true
		}
		if e.Verb == parser.Renames && c.made[e.Name] {
			c.made[e.To] = true
		}
	}
}

func (c *check) add(r rule, s statement, f finding, allowed []allowance) {
	d := diag.Diagnostic{Severity: diag.Warning, Code: r.code, Summary: f.what, Detail: f.why, Next: f.next}
	span := f.at
	if span == (ddl.Span{}) {
		span = s.Span
		span.To = span.From + len(strings.TrimRight(firstLine(s.Text), " \t\r"))
	}
	d.Range = c.place(span)
	for _, a := range allowed {
		if a.code != r.code {
			continue
		}
		if a.reason != "" {
			return
		}
		d.Detail += " It is allowed without a reason, which does not count."
		d.Next = "write the reason: -- lint:allow " + r.code + ": why it may be"
	}
	c.found = append(c.found, d)
}

func (c *check) unreadable(p ddl.Problem) {
	c.found = append(c.found, diag.Diagnostic{
		Code: Unreadable, Summary: "PostgreSQL cannot read this", Detail: "Its parser says: " + p.Message + ".",
		Next: "correct the statement", Range: c.place(p.Span),
	})
}

// Unreadable is the code of a text that is no SQL.
const Unreadable = "WH7000"

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
