package parser

import "strings"

// A fragment is a piece of a PL/pgSQL body that is SQL.
type fragment struct {
	kind       fragmentKind
	begin, end int
	into       string // the variable that takes its rows as a whole
	blank      []span // what PL/pgSQL takes out of the statement: INTO and its targets
}

type fragmentKind int

const (
	expressionFragment fragmentKind = iota
	statementFragment
	performFragment // PERFORM in the place of SELECT
	typeFragment
	targetFragment // what is assigned to
	argumentsFragment
	dynamicRow // rows that come from what is not known
)

// wrapped returns the fragment as SQL, byte for byte in its place.
func (f fragment) wrapped(text string) wrapping {
	w := wrapping{text: text[f.begin:f.end]}
	switch f.kind {
	case expressionFragment, targetFragment:
		w.before = "SELECT "
	case typeFragment:
		w.before = "SELECT NULL::"
	case argumentsFragment:
		w.before, w.after = "SELECT f(", "\n)"
	case performFragment:
		w.text = "SELECT " + w.text[len("PERFORM"):]
	}
	for _, s := range f.blank {
		begin, end := s.begin-f.begin, s.end-f.begin
		w.text = w.text[:begin] + strings.Repeat(" ", end-begin) + w.text[end:]
	}
	return w
}

// shifted returns an error with its place in the body.
func (f fragment) shifted(err error) error {
	wrong, ok := err.(*SyntaxError)
	if !ok {
		return err
	}
	return &SyntaxError{Offset: f.begin + wrong.Offset, Message: wrong.Message}
}
