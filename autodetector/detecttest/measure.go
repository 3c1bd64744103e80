package detecttest

import (
	"encoding/json"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A relation is a table or an index of one as the server has it at a moment.
type relation struct {
	OID   int64
	Name  string // of a table, with its schema
	Table int64  // of an index: its table
	File  int64  // where its rows are: another one once they are written anew
	Scans int    // how often this transaction has read it from end to end
	Locks []string
}

// A reading is all relations by their OIDs, which do not change with names.
type reading map[int64]relation

// readRelations prints a reading on one line.
const readRelations = `SELECT 'reading ' || coalesce(json_agg(json_build_object(
	'OID', c.oid::bigint, 'Name', quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'Table', coalesce(i.indrelid, 0)::bigint,
	'File', coalesce(pg_relation_filenode(c.oid), 0)::bigint,
	'Scans', CASE WHEN i.indrelid IS NULL THEN pg_stat_get_xact_numscans(c.oid) ELSE 0 END,
	'Locks', ARRAY(SELECT DISTINCT mode FROM pg_locks l WHERE l.relation = c.oid AND l.pid = pg_backend_pid() AND l.granted ORDER BY 1))), '[]')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relkind IN ('r', 'm', 'i') AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname NOT LIKE 'pg\_temp%'`

// A span is what the server had before and after an operation.
type span struct{ before, after reading }

// measured makes a change, as few transactions as it can be, and returns what the server
// had before and after each of its operations.
func (db database) measured(operations []operation.Operation) []span {
	db.Helper()
	var texts []string
	for _, group := range groups(operations) {
		if group[0].Transaction == operation.Outside {
			texts = append(texts, readRelations)
			texts = append(texts, parts(group, up)...)
			texts = append(texts, readRelations)
			continue
		}
		var b strings.Builder
		b.WriteString("BEGIN;\n")
		for _, op := range group {
			b.WriteString(readRelations + ";\n")
			renderStatements(&b, op.Up)
			b.WriteString(readRelations + ";\n")
		}
		texts = append(texts, b.String()+"COMMIT;\n")
	}
	var readings []reading
	for _, text := range texts {
		readings = append(readings, db.readings(db.psql(text))...)
	}
	require.Len(db, readings, 2*len(operations))
	spans := make([]span, len(operations))
	for i := range spans {
		spans[i] = span{readings[2*i], readings[2*i+1]}
	}
	return spans
}

// readings returns those that statements have printed.
func (db database) readings(printed string) []reading {
	db.Helper()
	var readings []reading
	for line := range strings.Lines(printed) {
		text, ok := strings.CutPrefix(line, "reading ")
		if !ok {
			continue
		}
		var list []relation
		require.NoError(db, json.Unmarshal([]byte(text), &list))
		read := reading{}
		for _, r := range list {
			read[r.OID] = r
		}
		readings = append(readings, read)
	}
	return readings
}
