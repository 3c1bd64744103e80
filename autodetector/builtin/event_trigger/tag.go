package eventtrigger

import (
	"slices"
	"strings"
)

// The tags of commands for which the events here can fire, as PostgreSQL 17 has them in
// src/include/tcop/cmdtaglist.h (event_trigger_ok). Older ones know no REINDEX.

// watched are the objects whose creation, alteration and end are watched.
var watched = []string{
	"ACCESS METHOD", "AGGREGATE", "CAST", "COLLATION", "CONSTRAINT", "CONVERSION", "DOMAIN", "EXTENSION", "FOREIGN DATA WRAPPER",
	"FOREIGN TABLE", "FUNCTION", "INDEX", "LANGUAGE", "MATERIALIZED VIEW", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY",
	"POLICY", "PROCEDURE", "PUBLICATION", "ROUTINE", "RULE", "SCHEMA", "SEQUENCE", "SERVER", "STATISTICS", "SUBSCRIPTION", "TABLE",
	"TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE", "TRANSFORM", "TRIGGER",
	"TYPE", "USER MAPPING", "VIEW",
}

// otherTags are the tags of other commands.
var otherTags = []string{
	"ALTER DEFAULT PRIVILEGES", "ALTER LARGE OBJECT", "COMMENT", "CREATE TABLE AS", "DROP OWNED", "GRANT", "IMPORT FOREIGN SCHEMA",
	"REFRESH MATERIALIZED VIEW", "REINDEX", "REVOKE", "SECURITY LABEL", "SELECT INTO",
}

// isTag reports whether event triggers fire for a command.
func isTag(tag string) bool {
	verb, object, _ := strings.Cut(tag, " ")
	of := slices.Contains([]string{"ALTER", "CREATE", "DROP"}, verb) && slices.Contains(watched, object)
	return of || slices.Contains(otherTags, tag)
}
