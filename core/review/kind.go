package review

import (
	"slices"
	"strings"
)

// changing are the kinds of objects that a plugin's statements make, alter and drop,
// as PostgreSQL's command tags have them: all that belong to one database.
var changing = []string{
	"ACCESS METHOD", "AGGREGATE", "CAST", "COLLATION", "CONVERSION", "DOMAIN", "EVENT TRIGGER", "EXTENSION", "FOREIGN DATA WRAPPER",
	"FOREIGN TABLE", "FUNCTION", "INDEX", "LANGUAGE", "MATERIALIZED VIEW", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "POLICY",
	"PROCEDURE", "PUBLICATION", "ROUTINE", "RULE", "SCHEMA", "SEQUENCE", "SERVER", "STATISTICS", "SUBSCRIPTION", "TABLE", "TABLE AS",
	"TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE", "TRANSFORM", "TRIGGER", "TYPE",
	"USER MAPPING", "VIEW",
}

// other are the other kinds of statements that are expected of a plugin.
var other = []string{
	"ALTER DEFAULT PRIVILEGES", "ANALYZE", "CALL", "CLUSTER", "COMMENT", "DELETE", "DO", "GRANT", "IMPORT FOREIGN SCHEMA", "INSERT", "LOCK TABLE",
	"MERGE", "REFRESH MATERIALIZED VIEW", "REINDEX", "REVOKE", "SECURITY LABEL", "SELECT", "SET CONSTRAINTS", "TRUNCATE TABLE", "UPDATE", "VACUUM",
}

// warnings are what a reviewer has to know of kinds of statements, whatever they say.
var warnings = map[string]string{
	"IMPORT FOREIGN SCHEMA": "what it makes is known to the other server alone, and can be something else each time it runs",
	"CREATE SUBSCRIPTION":   "it connects to another server, and makes a replication slot there, which nothing here takes away",
	"ALTER SUBSCRIPTION":    "it connects to another server",
	"DROP SUBSCRIPTION":     "it connects to another server, and drops the replication slot there",
	"CREATE USER MAPPING":   "its options stand in the migration as text, such as a password",
	"ALTER USER MAPPING":    "its options stand in the migration as text, such as a password",
}

// A reason says why statements of some kinds are refused.
type reason struct {
	why   string
	kinds []string
}

// The reasons, each with the kinds of statements that it is for.
var reasons = []reason{
	{"whimbrel itself begins and ends the transaction", []string{
		"ABORT", "BEGIN", "COMMIT", "COMMIT PREPARED", "END", "PREPARE TRANSACTION", "RELEASE", "ROLLBACK", "ROLLBACK PREPARED", "SAVEPOINT", "START",
	}},
	{"it changes the session, in which other migrations run too", []string{"DISCARD", "LOAD", "RESET", "SET"}},
	{"it is about the whole server, or about the database, which are there before any migration", []string{
		"ALTER DATABASE", "ALTER ROLE", "ALTER SYSTEM", "ALTER TABLESPACE", "ALTER GROUP", "ALTER USER", "CHECKPOINT", "CREATE DATABASE", "CREATE ROLE",
		"CREATE TABLESPACE", "DROP DATABASE", "DROP ROLE", "DROP TABLESPACE", "GRANT ROLE", "REVOKE ROLE",
	}},
	{"it changes objects that it does not name", []string{
		"ALTER INDEX ALL IN TABLESPACE", "ALTER LARGE OBJECT", "ALTER MATERIALIZED VIEW ALL IN TABLESPACE", "ALTER TABLE ALL IN TABLESPACE",
		"DROP OWNED", "REASSIGN OWNED",
	}},
	{"it reads or writes files of the server, or rows that come from the client", []string{"COPY"}},
	{"it is for a session with somebody in it, and leaves nothing", []string{
		"CLOSE CURSOR", "DEALLOCATE", "DECLARE CURSOR", "EXECUTE", "EXPLAIN", "FETCH", "LISTEN", "MOVE", "NOTIFY", "PREPARE", "SHOW", "UNLISTEN",
	}},
}

// refusal says why statements of a kind are refused, or nothing.
func refusal(kind string) string {
	for _, r := range reasons {
		if slices.Contains(r.kinds, kind) {
			return r.why
		}
	}
	if slices.Contains(other, kind) {
		return ""
	}
	verb, class, _ := strings.Cut(kind, " ")
	if (verb == "CREATE" || verb == "ALTER" || verb == "DROP") && slices.Contains(changing, class) {
		return ""
	}
	return "it is none that whimbrel knows"
}
