package postgres

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// An indexChange is a statement that makes or drops one index without a lock that
// keeps others from writing. If it fails, or nobody knows how it ended, the catalog
// says what has become of the index.
type indexChange struct {
	drops bool
	name  string // of the index
	of    string // what it is looked for by, as SQL: the table, or for DROP the index
}

// asConcurrent returns what a statement does to one index, if that is all that it is.
// An index that the server is to find a name for is not known.
func asConcurrent(sql string) (indexChange, bool) {
	words := codeOfStatement(sql)
	take := func(word string) bool {
		if len(words) > 0 && words[0].Is(word) {
			words = words[1:]
			return true
		}
		return false
	}
	switch {
	case take("CREATE"):
		take("UNIQUE")
		if !take("INDEX") || !take("CONCURRENTLY") {
			return indexChange{}, false
		}
		if take("IF") {
			words = words[min(2, len(words)):] // NOT EXISTS
		}
		name, rest := name(words)
		if words = rest; len(name) != 1 || !take("ON") {
			return indexChange{}, false
		}
		take("ONLY")
		table, _ := nameText(words)
		return indexChange{name: name[0], of: table}, table != ""
	case take("DROP") && take("INDEX") && take("CONCURRENTLY"):
		if take("IF") {
			words = words[min(1, len(words)):] // EXISTS
		}
		text, rest := nameText(words)
		alone := len(rest) == 0 || len(rest) == 1 && (rest[0].Is("CASCADE") || rest[0].Is("RESTRICT"))
		return indexChange{drops: true, of: text}, text != "" && alone
	}
	return indexChange{}, false
}

// codeOfStatement returns the tokens of SQL that mean something; none if it is more
// than one statement.
func codeOfStatement(sql string) []sqltext.Token {
	if len(sqltext.Split(sql)) != 1 {
		return nil
	}
	var code []sqltext.Token
	for t := range sqltext.Scan(sql) {
		if !t.Kind.Blank() && t.Kind != sqltext.Semicolon {
			code = append(code, t)
		}
	}
	return code
}

// name takes the parts of a name from the beginning of tokens.
func name(words []sqltext.Token) (parts []string, rest []sqltext.Token) {
	for len(words) > 0 {
		part, ok := words[0].Identifier()
		if !ok || len(parts) == 0 && words[0].Is("ON") {
			return parts, words
		}
		if parts, words = append(parts, part), words[1:]; len(words) == 0 || !words[0].Is(".") {
			return parts, words
		}
		words = words[1:]
	}
	return parts, words
}

// nameText returns a name as SQL, "" if there is none.
func nameText(words []sqltext.Token) (text string, rest []sqltext.Token) {
	parts, rest := name(words)
	quoted := make([]string, len(parts))
	for i, part := range parts {
		quoted[i] = address.Quote(part)
	}
	return strings.Join(quoted, "."), rest
}

// verdict compares the index with what the statement leads to. One that is to go is as
// before even where it is invalid: the statement drops it then, too.
func (c indexChange) verdict(ctx context.Context, on querier) (verdict, error) {
	s, err := c.state(ctx, on)
	switch {
	case err != nil:
		return asBefore, err
	case s.there == c.drops:
		return asBefore, nil
	case s.there && !s.valid:
		return halfWay, nil
	}
	return asAfter, nil
}

// tidy drops what is left of the index, so that it can be built anew.
func (c indexChange) tidy(ctx context.Context, on querier) (sql string, then verdict, err error) {
	s, err := c.state(ctx, on)
	return "DROP INDEX CONCURRENTLY " + s.name, asBefore, err
}

// An indexState is what the catalog says of an index.
type indexState struct {
	there, valid bool
	name         string // as SQL, with its schema
}

// state looks what has become of the index.
func (c indexChange) state(ctx context.Context, on querier) (indexState, error) {
	var s indexState
	err := on.QueryRow(ctx, `SELECT i.indisvalid, pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i
		JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE CASE WHEN $1::boolean THEN c.oid = pg_catalog.to_regclass($2::text)
			ELSE i.indrelid = pg_catalog.to_regclass($2::text) AND c.relname = $3::text END`, c.drops, c.of, c.name).Scan(&s.valid, &s.name)
	if errors.Is(err, pgx.ErrNoRows) {
		return indexState{}, nil
	}
	s.there = err == nil
	return s, wrap("looking for the index", err)
}
