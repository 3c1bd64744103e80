package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A reader finds the effects of one statement. It knows the statements that PostgreSQL
// has for what migrations make; of others it says that it does not.
type reader struct {
	*cursor
	reading Reading
}

// Read returns what a statement does to names.
func Read(sql string) Reading { return new(Reader).Read(sql) }

// A Reader reads one statement after the other into the same memory.
type Reader struct {
	tokens  []sqltext.Token
	effects []Effect
}

// Read returns what a statement does to names, good until the next one is read.
func (m *Reader) Read(sql string) Reading {
	r := &reader{cursor: newCursor(sql, m.tokens[:0])}
	r.reading.Effects = m.effects[:0]
	r.statement()
	if r.reading.Unproven != "" {
		r.doubt()
	}
	m.tokens, m.effects = r.tokens, r.reading.Effects
	return r.reading
}

func (r *reader) statement() {
	switch word := r.any("create", "alter", "drop", "comment", "grant", "revoke", "truncate", "refresh", "do"); word {
	case "create":
		r.create()
	case "alter":
		r.alter()
	case "drop":
		r.drop()
	case "comment":
		r.comment()
	case "grant", "revoke":
		r.grant()
	case "truncate":
		r.take("table")
		r.relations()
	case "refresh":
		r.take("materialized", "view")
		r.take("concurrently")
		r.need(r.name(detect.NamesRelation))
	case "do":
		r.reading.Rows = AnyRows
		r.do()
	default:
		r.other()
	}
}

// relations takes a list of relations that the statement is about.
func (r *reader) relations() {
	for r.more() {
		r.take("only")
		r.need(r.name(detect.NamesRelation))
		r.take("*")
		if !r.take(",") {
			return
		}
	}
}

func (r *reader) add(e Effect) {
	if r.i > 0 && e.Offset == 0 {
		e.Offset = r.tokens[min(r.i, len(r.tokens))-1].Offset
	}
	r.reading.Effects = append(r.reading.Effects, e)
}

func (r *reader) need(n Name)  { r.add(Effect{Verb: Needs, Name: n}) }
func (r *reader) refer(n Name) { r.add(Effect{Verb: Refers, Name: n}) }

// makes takes in what the statement makes, in a schema that has to be there.
func (r *reader) makes(e Effect) {
	e.Verb = Makes
	if e.Name.Schema != "" && e.Name.Relation == "" {
		r.need(schemaName(e.Name.Schema))
	}
	r.add(e)
}

// unproven says why the statement cannot be followed.
func (r *reader) unproven(why string) {
	if r.reading.Unproven == "" {
		r.reading.Unproven = why
	}
}

// doubt takes in that nothing is known of any name that the statement has in it.
func (r *reader) doubt() {
	seen := map[string]bool{}
	for _, word := range words(r.sql) {
		if !seen[word] {
			seen[word] = true
			r.reading.Effects = append(r.reading.Effects, Effect{Verb: Doubts, Name: Name{Name: word}})
		}
	}
}

// words returns the names in a text, and in what it has in quotes.
func words(sql string) []string {
	var found []string
	for t := range sqltext.Scan(sql) {
		name, ok := t.Identifier()
		switch {
		case ok:
			found = append(found, name)
		case t.Kind == sqltext.DollarString && !t.Open:
			tag := len(sqltext.Tag(t.Text))
			found = append(found, words(t.Text[tag:len(t.Text)-tag])...)
		case t.Kind.Quoted() && !t.Open:
			found = append(found, words(strings.Trim(strings.TrimLeft(t.Text, "eEnN"), "'"))...)
		}
	}
	return found
}

// reads takes in that the rest of the statement reads rows.
func (r *reader) reads() {
	r.reading.Rows, r.reading.Source = NamedRows, r.offset()
}

// ifExists takes IF EXISTS.
func (r *reader) ifExists() bool { return r.take("if", "exists") }

// ifNot takes IF NOT EXISTS.
func (r *reader) ifNot() bool { return r.take("if", "not", "exists") }

// cascades reports whether the statement ends in CASCADE.
func (r *reader) cascades() bool {
	return r.end > 0 && r.tokens[r.end-1].Is("cascade")
}
