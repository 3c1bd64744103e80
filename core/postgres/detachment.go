package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A detachment is ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY: two transactions of
// the server, between which the partition is neither in the table nor out of it.
type detachment struct{ table, partition string } // as SQL

// asDetachment returns what a statement detaches, if that is all that it does.
func asDetachment(sql string) (detachment, bool) {
	table, words := alteredTable(sql)
	if !takeWords(&words, "DETACH", "PARTITION") {
		return detachment{}, false
	}
	partition, words := nameText(words)
	return detachment{table, partition}, takeWords(&words, "CONCURRENTLY") && len(words) == 0
}

func (d detachment) verdict(ctx context.Context, on querier) (verdict, error) {
	pending := false // the column is there since PostgreSQL 14, as is the statement
	err := on.QueryRow(ctx, `SELECT coalesce((pg_catalog.to_jsonb(i) ->> 'inhdetachpending')::boolean, false) FROM pg_catalog.pg_inherits i
		WHERE i.inhparent = pg_catalog.to_regclass($1::text) AND i.inhrelid = pg_catalog.to_regclass($2::text)`, d.table, d.partition).Scan(&pending)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return asAfter, nil
	case pending:
		return halfWay, nil
	}
	return asBefore, wrap("looking for the partition", err)
}

func (d detachment) tidy(context.Context, querier) (sql string, then verdict, err error) {
	return "ALTER TABLE " + d.table + " DETACH PARTITION " + d.partition + " FINALIZE", asAfter, nil
}

// A validation is ALTER TABLE ... VALIDATE CONSTRAINT, which reads all rows once.
type validation struct{ table, constraint string } // as SQL; as a name

// asValidation returns what a statement validates, if that is all that it does.
func asValidation(sql string) (validation, bool) {
	table, words := alteredTable(sql)
	if !takeWords(&words, "VALIDATE", "CONSTRAINT") || len(words) != 1 {
		return validation{}, false
	}
	constraint, ok := words[0].Identifier()
	return validation{table, constraint}, ok
}

func (v validation) verdict(ctx context.Context, on querier) (verdict, error) {
	valid := false
	err := on.QueryRow(ctx, `SELECT coalesce(bool_and(convalidated), false) FROM pg_catalog.pg_constraint
		WHERE conrelid = pg_catalog.to_regclass($1::text) AND conname = $2::text`, v.table, v.constraint).Scan(&valid)
	if valid {
		return asAfter, nil
	}
	return asBefore, wrap("looking for the constraint", err)
}

func (validation) tidy(context.Context, querier) (string, verdict, error) { return "", asBefore, nil }

// alteredTable returns the table of an ALTER TABLE as SQL and what comes behind it.
func alteredTable(sql string) (table string, rest []sqltext.Token) {
	words := codeOfStatement(sql)
	if !takeWords(&words, "ALTER", "TABLE") {
		return "", nil
	}
	takeWords(&words, "IF", "EXISTS")
	takeWords(&words, "ONLY")
	return nameText(words)
}

// takeWords takes keywords from the beginning of tokens, all or none.
func takeWords(words *[]sqltext.Token, keywords ...string) bool {
	if len(*words) < len(keywords) {
		return false
	}
	for i, keyword := range keywords {
		if !(*words)[i].Is(keyword) {
			return false
		}
	}
	*words = (*words)[len(keywords):]
	return true
}
