package postgres

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// harmless refuses a query that calls a function which may do more than compute.
// Names that stand in front of a parenthesis are looked up: a function that is
// volatile by any of its definitions is one of these. All that reads files, ends
// sessions, takes locks, changes settings or runs SQL is.
func (d *Database) harmless(ctx context.Context, query, sql string) error {
	called, err := calls(sql)
	if err != nil {
		return unread(query, err.Error()+".")
	}
	schemas, names := make([]string, len(called)), make([]string, len(called))
	for i, c := range called {
		schemas[i], names[i] = c.schema, c.name
	}
	rows, err := d.conn.Query(ctx, volatile, schemas, names)
	if err != nil {
		return wrap("reading the catalog", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return wrap("reading the catalog", err)
	}
	if len(found) > 0 {
		return unread(query, "It calls "+strings.Join(found, ", ")+
			", which may do more than compute: PostgreSQL calls such functions volatile.")
	}
	return nil
}

// volatile selects those of the functions that may do more than compute.
const volatile = `SELECT DISTINCT p.proname::text
	FROM unnest($1::text[], $2::text[]) AS called (schema, name)
	JOIN pg_catalog.pg_namespace n ON n.nspname = called.schema
	JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = called.name
	WHERE p.provolatile = 'v' OR p.prokind = 'p' ORDER BY 1`

func unread(query, why string) error {
	return problem("WH5504", fmt.Sprintf("the catalog query %q is not run", query), why, "report it to the author of the plugin")
}

// A call is of a function, which is looked for in pg_catalog where no schema is
// named: the search path has nothing else.
type call struct{ schema, name string }

// calls returns the names in SQL that stand in front of a parenthesis.
func calls(sql string) ([]call, error) {
	s := scanner{text: sql}
	var found []call
	var last [3]string // of the tokens so far
	for {
		token, more, err := s.next()
		switch {
		case err != nil:
			return nil, err
		case !more:
			return found, nil
		case token == "(" && isName(last[2]):
			schema := "pg_catalog"
			if last[1] == "." {
				schema = last[0]
			}
			found = append(found, call{schema, last[2]})
		}
		last = [3]string{last[1], last[2], token}
	}
}

func isName(token string) bool { return token != "" && token != "(" && token != "." }

// A scanner reads SQL as PostgreSQL does where standard_conforming_strings is on.
type scanner struct {
	text string
	at   int
}

// next returns the next name in the form in which the catalog has it, "(" or ".",
// or nothing for anything else.
func (s *scanner) next() (word string, more bool, err error) {
	if s.at >= len(s.text) {
		return "", false, nil
	}
	rest := s.text[s.at:]
	c := rest[0]
	switch {
	case strings.HasPrefix(rest, "--"):
		end := strings.IndexAny(rest, "\r\n")
		if end < 0 {
			end = len(rest)
		}
		s.at += end
		return s.next()
	case strings.HasPrefix(rest, "/*"):
		behind := skipBlock(rest)
		if behind == "" && !strings.HasSuffix(rest, "*/") {
			return "", false, fmt.Errorf("it has a comment without end")
		}
		s.at = len(s.text) - len(behind)
		return s.next()
	case strings.ContainsRune(" \t\n\v\f\r", rune(c)):
		s.at++
		return s.next()
	case c == '\'':
		return "", true, s.quoted('\'')
	case c == '"':
		return s.identifier()
	case c == '$':
		return "", true, s.dollar()
	case c == ';':
		return "", false, fmt.Errorf("it is more than one statement")
	case c == '(', c == '.':
		s.at++
		return string(c), true, nil
	case nameStart(c):
		return s.name()
	case c >= '0' && c <= '9':
		s.skip(func(c byte) bool { return nameStart(c) || c >= '0' && c <= '9' || c == '.' })
		return "", true, nil
	}
	s.at++
	return "", true, nil
}

func nameStart(c byte) bool { return isLetter(c) || c == '_' || c >= utf8.RuneSelf }

func (s *scanner) skip(while func(byte) bool) {
	for s.at < len(s.text) && while(s.text[s.at]) {
		s.at++
	}
}

// name reads a word, or a string that a letter stands in front of.
func (s *scanner) name() (string, bool, error) {
	rest := strings.ToLower(s.text[s.at:min(len(s.text), s.at+3)])
	switch {
	case strings.HasPrefix(rest, "e'"), strings.HasPrefix(rest, "u&\""), strings.HasPrefix(rest, "u&'"):
		return "", false, fmt.Errorf("it has text with escapes, which hide what it says")
	}
	begin := s.at
	s.skip(func(c byte) bool { return nameStart(c) || c >= '0' && c <= '9' || c == '$' })
	return stored(lower(s.text[begin:s.at])), true, nil
}

// lower is what PostgreSQL makes of a name without quotes.
func lower(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, name)
}

// stored returns a name as far as PostgreSQL keeps it.
func stored(name string) string {
	if len(name) < 64 {
		return name
	}
	return strings.ToValidUTF8(name[:63], "")
}

// identifier reads a name in double quotes.
func (s *scanner) identifier() (string, bool, error) {
	begin := s.at
	if err := s.quoted('"'); err != nil {
		return "", false, err
	}
	name := stored(strings.ReplaceAll(s.text[begin+1:s.at-1], `""`, `"`))
	if name == "" || name == "(" || name == "." {
		return "", false, fmt.Errorf("it has the name %q", name)
	}
	return name, true, nil
}

// quoted skips a string, in which a doubled quote stands for one.
func (s *scanner) quoted(quote byte) error {
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c != quote:
		case s.at+1 < len(s.text) && s.text[s.at+1] == quote:
			s.at++
		default:
			s.at++
			return nil
		}
	}
	return fmt.Errorf("it has a quote without end")
}

// dollar skips a string in dollar quotes, or the sign of a parameter.
func (s *scanner) dollar() error {
	begin := s.at
	s.at++
	s.skip(func(c byte) bool { return nameStart(c) || c >= '0' && c <= '9' })
	if s.at >= len(s.text) || s.text[s.at] != '$' {
		return fmt.Errorf("it has a parameter")
	}
	tag := s.text[begin : s.at+1]
	end := strings.Index(s.text[s.at+1:], tag)
	if end < 0 {
		return fmt.Errorf("it has a quote without end")
	}
	s.at += 1 + end + len(tag)
	return nil
}
