package auditlog

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/diag"
)

func problem(code, summary, detail, next string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Code: code, Summary: summary, Detail: detail, Next: next}
}

var errNoLog = problem("WH5401", "nothing is audited in this database", "There is no table audit.log.",
	"write audit_trigger = true in a model, in an app or at the top of whimbrel.hcl, add plugin \"triggers\" {} to it, "+
		"then run: whimbrel make && whimbrel migrate")

// isServer reports whether the server refused a statement.
func isServer(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server)
}

// problemOf explains what the server says against a query of the audit log. Without
// an error it returns none.
func problemOf(doing string, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return wrap(doing, err)
	}
	switch server.Code {
	case "42501":
		return problem("WH5402", "the audit log may not be read: "+server.Message, "It is readable for its owner and who was granted it.",
			"have its owner run: GRANT USAGE ON SCHEMA audit TO ROLE; GRANT SELECT ON ALL TABLES IN SCHEMA audit TO ROLE")
	case "22007", "22008", "22009", "22023":
		return problem("WH5403", "this is no time: "+server.Message,
			"A time is 2026-11-22, 2026-11-22 10:15, one with a zone, yesterday, or 2h, 3d or 1w ago.",
			"write it in one of these forms")
	case "22P02", "22003":
		return problem("WH5403", "a value of the wrong form: "+server.Message, "", "correct the value")
	case "22P05":
		return problem("WH5403", "a value that the database cannot have: "+server.Message,
			"The database is not in UTF8, so that no record of it has this character.", "correct the value")
	}
	return fmt.Errorf("%s: %s (SQLSTATE %s)", doing, server.Message, server.Code)
}

// wrap says what was being done when an error occurred. Without one it returns none.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
