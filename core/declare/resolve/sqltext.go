package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A sqlText is a text in SQL that is to be read.
type sqlText struct {
	kind     detect.SQL
	text     string
	language string           // of a body
	args     []kinds.Argument // of the function that a body is of, and the columns that it returns
	about    address.Address  // the object that the text is of, if it stands by itself
	part     address.Address  // the object that an expression is of, where that is known
	name     string           // of the function, in the database
	model    *model           // whose columns an expression can name; nil: none
	app      *app
	file     *declare.Document
	expr     *declare.Expr // where the text stands
	what     string        // for messages
}

// source returns a hash of everything that the meaning of the text depends on, but
// for what its names name.
func (t sqlText) source() string {
	of := ""
	if t.model != nil {
		of = t.model.addr.String()
	}
	args, _ := json.Marshal(t.args) // names and types always encode
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s\n%s %s\n%s\n%s", t.kind, t.language, t.app.Schema, of, t.about, t.name, args, t.text))
	return hex.EncodeToString(sum[:12])
}

// readSQL says what a text names: as it was read before, if that is known and the
// names mean the same, or by parsing it. It is not ok after reporting that the
// text is wrong.
func (l *loader) readSQL(t sqlText) (reading state.Reading, ok bool) {
	catalog := &sqlCatalog{l: l, text: t}
	source := t.source()
	if known, found := l.readings()[source]; found && catalog.answersAgain(known) {
		return known, true
	}
	catalog.lookups, catalog.gone = nil, nil
	analysis, err := l.analyse(t, catalog)
	if err != nil {
		l.reportSQL(t, err)
		return state.Reading{}, false
	}
	if !l.checkNames(t, analysis, catalog) || !l.checkGone(t, catalog) || !l.checkCalls(t, analysis, catalog) {
		return state.Reading{}, false
	}
	reading, ok = l.reading(t, source, analysis, catalog)
	return l.settled(t, reading, len(analysis.Rows) > 0), ok
}

// readings returns what the history knows of texts, by source.
func (l *loader) readings() map[string]state.Reading {
	if l.known == nil {
		l.known = map[string]state.Reading{}
		for o := range l.tree.Known.All() {
			for _, r := range o.Readings {
				l.known[r.Source] = r
			}
		}
	}
	return l.known
}

// reading returns what an analysis says, as it is kept.
func (l *loader) reading(t sqlText, source string, a *parser.Analysis, c *sqlCatalog) (state.Reading, bool) {
	text, err := json.Marshal(parser.Spelt(t.text, a, l.spelling(t)))
	if err != nil {
		l.reportSQL(t, err)
		return state.Reading{}, false
	}
	u := &uses{}
	for _, n := range a.Names {
		u.ref(n.Object, t.aspects(n.Role))
	}
	for _, overload := range a.Overloads {
		if overload != t.about {
			u.ref(overload, t.aspects(parser.FunctionName))
		}
	}
	for _, used := range a.Uses {
		if !t.whenRun() { // PostgreSQL reads a body when it runs: * is what is there then
			u.ref(used, t.aspects(parser.ColumnName))
		}
	}
	if !t.whenRun() {
		u.rows(a)
	}
	for _, part := range a.Parts {
		if !t.whenRun() {
			u.ref(part, state.Exists|state.Type)
		}
	}
	slices.SortFunc(u.refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	r := state.Reading{Source: source, Lookups: c.sortedLookups(), Answers: c.answers(c.sortedLookups()), Refs: u.refs}
	r.Text, err = state.Encode(json.RawMessage(text))
	if err == nil && t.kind == detect.SQLQuery && !a.Open {
		r.Columns, err = state.Encode(outputs(a))
	}
	return r, err == nil
}

// spelling returns how names are filled into a text that keeps how they are written, or nil.
func (l *loader) spelling(t sqlText) func(address.Address, sqltext.Form) string {
	if l.tree.Spelt && t.kind == detect.SQLBody && !sqltext.Standard(t.text) {
		return l.databaseName
	}
	return nil
}

// rows notes the relations whose rows functions give, and their columns whose names
// PostgreSQL keeps as text.
func (u *uses) rows(a *parser.Analysis) {
	for _, row := range a.Rows {
		u.ref(row, state.Exists)
	}
	for _, kept := range a.Kept {
		u.ref(kept, state.Name)
	}
}

func outputs(a *parser.Analysis) []kinds.Column {
	columns := make([]kinds.Column, len(a.Columns))
	for i, c := range a.Columns {
		columns[i] = kinds.Column{Name: c.Name, Type: c.Type}
	}
	return columns
}

// aspects returns how an object depends on what its text names. PostgreSQL keeps a
// query as what it names and follows renames; a body is kept as text.
func (t sqlText) aspects(role parser.Role) state.Aspects {
	found := state.Exists
	if role == parser.ColumnName || role == parser.TypeName {
		found |= state.Type | state.Definition
	}
	if t.whenRun() {
		found |= state.Name
	}
	return found
}

// whenRun reports a text that PostgreSQL keeps as it is and reads when it runs: a body,
// unless it is BEGIN ATOMIC or RETURN, which is kept as what it names.
func (t sqlText) whenRun() bool {
	return t.kind == detect.SQLBody && !(t.language == "sql" && sqltext.Standard(t.text))
}

// checkNames reports columns that cannot be, and warns of relations that nobody
// declares but that are near one that somebody does. It is false if there is an error.
func (l *loader) checkNames(t sqlText, a *parser.Analysis, c *sqlCatalog) bool {
	for _, w := range a.Wrong {
		l.reportWrong(t, w, c)
	}
	for _, m := range a.Missing {
		if _, gone := c.goneBy(relationName, m.Schema, m.Name); gone {
			continue
		}
		known := c.relationNames()
		if best := nearest(m.Name, known); best != "" && m.Schema == "" {
			l.add(diag.Diagnostic{
				Severity: diag.Warning, Code: codeUnknownTable, Range: t.place(m.Begin, m.End).Range(),
				Summary: fmt.Sprintf("%s names %q, which nobody declares%s", t.what, m.Name, didYouMean(m.Name, known)),
				Detail:  "If the database does not have it otherwise, PostgreSQL will refuse the text.", Next: "write " + best,
			})
		}
	}
	return len(a.Wrong) == 0 || t.late()
}

// columnFor returns the column of a field whose own name stands in SQL, or "".
func (l *loader) columnFor(w parser.Wrong, columns []string) string {
	if f := l.fieldAt(w.Relation.Child(kinds.FieldKind, w.Name)); f != nil && slices.Contains(columns, f.column) {
		return f.column
	}
	return ""
}

// reportSQL reports a text that PostgreSQL would not read.
func (l *loader) reportSQL(t sqlText, err error) {
	var wrong *parser.SyntaxError
	if !errors.As(err, &wrong) {
		l.report(t.place(0, 0), codeSQL, fmt.Sprintf("%s cannot be read: %v", t.what, err), "", "simplify the text")
		return
	}
	why, next := "The text is read as PostgreSQL reads it.", "correct the SQL here"
	if t.kind == detect.SQLBody && t.language == "sql" && plpgsqlText().MatchString(t.text) {
		why, next = "A body is SQL unless its language is said, and this one looks like PL/pgSQL.", "write language = plpgsql, or correct the SQL here"
	}
	l.report(t.place(wrong.Offset, wrong.Offset), codeSQL, fmt.Sprintf("%s: %s", t.what, wrong.Message), why, next)
}

// plpgsqlText is the beginning of a body in PL/pgSQL.
var plpgsqlText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^\s*(?:<<\w+>>\s*)?(?:declare|begin)\s`) })

// textOf returns the holed text of a reading.
func textOf(r state.Reading) sqltext.Text {
	var t sqltext.Text
	_ = json.Unmarshal(r.Text, &t) // it was written by reading, or read from a sidecar that was checked
	return t
}
