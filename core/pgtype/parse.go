package pgtype

import (
	"errors"
	"fmt"
	"strings"
)

// Parse reads the name of a type as SQL has it: "numeric(8, 2)[]",
// "timestamp (3) with time zone", "interval day to second(3)",
// `pg_catalog.int4`, `"Odd"."Type"[][]`, "integer array". It reads what
// format_type() of the server writes. Its error is an *ArgumentError if one of
// PostgreSQL's own types has arguments that it does not take, and otherwise says
// that the text is no name of a type. Whether a type that is not PostgreSQL's
// own exists, it does not know.
func Parse(sql string) (Name, error) {
	n, err := (&reader{rest: sql}).read()
	var wrong *ArgumentError
	if err == nil || errors.As(err, &wrong) {
		return n, err
	}
	return Name{}, fmt.Errorf("type %q: %w", sql, err)
}

var errType = errors.New("want a name, arguments in parentheses and dimensions in brackets")

// A phrase is the name of a type as it is written.
type phrase struct {
	schema, first identifier
	words         []string // behind the first one
	arguments     []string
	dimensions    int
}

func (r *reader) read() (Name, error) {
	p, err := r.phrase()
	if err != nil {
		return Name{}, err
	}
	n, err := p.resolve()
	if err != nil {
		return Name{}, err
	}
	n.dimensions = p.dimensions
	return n, nil
}

func (r *reader) phrase() (phrase, error) {
	var p phrase
	r.identifier(&p.first)
	if r.take('.') {
		p.schema, p.first = p.first, identifier{}
		r.identifier(&p.first)
	}
	p.words = r.words()
	p.arguments = r.arguments()
	p.words = append(p.words, r.words()...)
	if last := len(p.words) - 1; last >= 0 && p.words[last] == "array" {
		p.words, p.dimensions = p.words[:last], 1
		r.bounds(1)
	} else {
		p.dimensions = r.bounds(-1)
	}
	if r.failed || r.rest != "" {
		return phrase{}, errType
	}
	return p, nil
}

// resolve finds the type. Names in quotes and qualified ones are those of the
// catalog, others those of the grammar.
func (p phrase) resolve() (Name, error) {
	if t, ok := p.own(); ok {
		return p.with(t)
	}
	if len(p.words) == 0 {
		return Name{schema: p.schema, other: p.first, arguments: strings.Join(p.arguments, ",")}, nil
	}
	if p.schema.name == "" && p.first == (identifier{name: "interval"}) {
		return p.interval()
	}
	return Name{}, fmt.Errorf("there is no type of this name, and other types have names of one word")
}

func (p phrase) own() (Type, bool) {
	catalog := p.schema.name == "pg_catalog" || p.schema.name == "" && p.first.quoted
	switch {
	case catalog && len(p.words) == 0:
		t, ok := types.catalog[p.first.name]
		return t, ok
	case p.schema.name != "" || p.first.quoted:
		return Type{}, false
	}
	t, ok := types.named[strings.Join(append([]string{p.first.name}, p.words...), "_")]
	return t, ok
}

func (p phrase) with(t Type) (Name, error) {
	args, err := t.Numbers(p.arguments)
	if err != nil {
		return Name{}, err
	}
	return t.With(args)
}

func (p phrase) interval() (Name, error) {
	n, err := p.with(types.named["interval"])
	if err != nil {
		return Name{}, err
	}
	if n, ok := restricted(p.words, n.Numbers()); ok {
		return n, nil
	}
	return Name{}, fmt.Errorf("want fields such as day to second behind interval, and a precision for seconds only")
}
