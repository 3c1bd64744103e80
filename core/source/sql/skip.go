package sql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// passedOver reports statements that say nothing of models: settings of the session,
// owners, schemas, which follow from what is in them, and transactions; what takes away
// what is there, if it is there, before all that a file makes; books of other runners.
func passedOver(s Statement) bool {
	switch d := s.What.(type) {
	case ddl.Set, ddl.AlterOwner, ddl.CreateSchema:
		return true
	case ddl.Other:
		return d.Class == "TransactionStmt"
	case ddl.Insert:
		return passedTable(d.Table)
	case ddl.Drop:
		return s.first && d.IfExists
	case ddl.AlterTable:
		return len(d.Commands) == 1 && d.Commands[0].Kind == "AT_ChangeOwner" || passedTable(d.Name) || s.first && d.IfExists
	case ddl.CreateIndex:
		return passedTable(d.Table)
	case ddl.CreateExtension:
		return d.Name == "plpgsql" // every database has it
	case ddl.Comment:
		return d.Kind == "extension" || d.Text == "" || d.Kind == "schema" && (d.Text == model.SchemaMark || slices.Equal(d.Names, []string{publicSchema}))
	}
	return false
}

// passedTable reports tables in which runners of migrations keep their books.
func passedTable(n ddl.Name) bool {
	return n.Schema == "whimbrel" || slices.Contains([]string{"schema_migrations", "ar_internal_metadata", "goose_db_version", "flyway_schema_history"}, n.Name)
}

// The codes of the package.
const (
	codeSyntax   = "WH1020"
	codeNoObject = "WH1021"
	codeNoWord   = "WH1022"
	codeTwice    = "WH1023"
)

func (w *Work) report(f *file, at ddl.Span, d diag.Diagnostic) {
	d.Range = declare.Place{Document: f.document, Span: declare.Span{From: int32(at.From), To: int32(at.To)}}.Range()
	w.problems = append(w.problems, d)
}

// Report reports what is wrong with a statement.
func (w *Work) Report(s Statement, at ddl.Span, d diag.Diagnostic) { w.report(s.file, at, d) }

// NoWord reports something of a statement that the model language has no word for.
func (w *Work) NoWord(s Statement, at ddl.Span, summary string) { w.no(s, at, summary, "") }

func (w *Work) no(s Statement, at ddl.Span, summary, detail string) {
	d := noWord(summary)
	d.Detail = detail
	w.report(s.file, at, d)
}

func noWord(summary string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: codeNoWord, Summary: summary,
		Next: "take it out of the file, or declare it by hand: sql_object \"NAME\" { create = sql(\"...\"), drop = sql(\"...\") } in a file *.hcl",
	}
}

func (w *Work) twice(s Statement, at ddl.Span, what string, name ddl.Name) {
	w.report(s.file, at, diag.Diagnostic{
		Code: codeTwice, Summary: fmt.Sprintf("%s %s.%s is made twice", what, name.Schema, name.Name), Next: "take one of the two out",
	})
}

// unreadable reports text that is no statement.
func (w *Work) unreadable(f *file, p ddl.Problem) {
	d := diag.Diagnostic{Code: codeSyntax, Summary: "PostgreSQL would not read this: " + p.Message, Next: "correct the statement"}
	if p.Data {
		d = diag.Diagnostic{Code: codeNoObject, Summary: p.Message + " defines nothing", Detail: "A file of models holds definitions.", Next: "take it out of the file"}
	}
	w.report(f, p.Span, d)
}

// unknown reports a statement that nobody reads.
func (w *Work) unknown(s Statement) {
	words := strings.Fields(s.Text)
	for i, word := range words {
		words[i] = strings.ToUpper(word)
	}
	begin := strings.Join(words[:min(3, len(words))], " ")
	end := s.Span.From + len(firstWords(s.Text, 3))
	w.report(s.file, ddl.Span{From: s.Span.From, To: min(end, s.Span.To)}, diag.Diagnostic{
		Code: codeNoObject, Summary: fmt.Sprintf("no kind of objects is made by %s ...", begin),
		Detail: "Nothing of a file is passed over without a word.", Next: next(s),
	})
}

// next says what to do about a statement that nobody reads.
func next(s Statement) string {
	switch d := s.What.(type) {
	case ddl.CreateExtension:
		return "enable the plugin that knows extensions: plugin \"extensions\" {}; one that it does not know, take out of the file"
	case ddl.CreatePolicy:
		return enablePolicies
	case ddl.AlterTable:
		if len(d.Commands) == 1 && strings.HasSuffix(d.Commands[0].Kind, "RowSecurity") {
			return enablePolicies
		}
	}
	return "take it out of the file; an object of any kind can be written by hand: sql_object \"NAME\" { ... } in a file *.hcl"
}

const enablePolicies = "enable the plugin that knows row security: plugin \"policies\" {}"

// firstWords returns the beginning of a text with some words.
func firstWords(text string, count int) string {
	inside := false
	for i, char := range text {
		blank := strings.ContainsRune(" \t\r\n", char)
		if inside && blank {
			if count--; count == 0 {
				return text[:i]
			}
		}
		inside = !blank
	}
	return text
}
