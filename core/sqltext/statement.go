package sqltext

import "strings"

// Blanks are the characters that PostgreSQL takes for blanks.
const Blanks = " \t\n\v\f\r"

// A Statement is a statement of a text, without the blanks and comments before
// it and without its semicolon.
type Statement struct {
	Text   string
	Offset int  // of its first byte in the text
	Ended  bool // at a semicolon
}

// Split returns the statements of a text. A semicolon in a string, a comment,
// parentheses or a BEGIN ATOMIC body ends nothing. Blanks and comments alone are
// no statement.
func Split(text string) []Statement {
	var all []Statement
	var s splitter
	for t := range Scan(text) {
		switch {
		case t.Kind.Blank():
		case t.Kind == Semicolon && !s.inside():
			if s.words > 0 {
				all = append(all, statement(text, s.begin, t.Offset, true))
			}
			s = splitter{}
		default:
			s.take(t)
		}
	}
	if s.words > 0 {
		all = append(all, statement(text, s.begin, len(text), false))
	}
	return all
}

func statement(text string, begin, end int, ended bool) Statement {
	return Statement{Text: strings.TrimRight(text[begin:end], Blanks), Offset: begin, Ended: ended}
}

// A splitter follows the tokens of one statement, as psql does.
type splitter struct {
	begin   int // offset of the first token
	words   int // tokens so far
	routine bool
	parens  int
	bodies  int    // BEGIN ATOMIC and CASE that wait for their END
	last    string // token before, in capitals
}

// inside reports whether a semicolon would end nothing.
func (s *splitter) inside() bool { return s.parens > 0 || s.bodies > 0 }

func (s *splitter) take(t Token) {
	if s.words == 0 {
		s.begin = t.Offset
	}
	text := strings.ToUpper(t.Text)
	switch {
	case t.Kind == Symbol && text == "(":
		s.parens++
	case t.Kind == Symbol && text == ")":
		s.parens = max(0, s.parens-1)
	case t.Kind == Word && s.last != "." && s.parens == 0:
		s.keyword(text)
	}
	s.last = text
	s.words++
}

// keyword takes a word that is not part of a dotted name.
func (s *splitter) keyword(word string) {
	switch {
	case word == "FUNCTION", word == "PROCEDURE":
		s.routine = s.routine || s.words == 1 && s.last == "CREATE" || s.words == 3 && s.last == "REPLACE"
	case !s.routine || s.last == "AS": // what follows AS is a label
	case word == "ATOMIC" && s.last == "BEGIN", word == "CASE" && s.bodies > 0:
		s.bodies++
	case word == "END":
		s.bodies = max(0, s.bodies-1)
	}
}
