package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// The objects of a database that can be claimed, a row each: class, schema, relation,
// name, and what else is compared. Types are written with their schemas.
const thereQuery = `SELECT pg_catalog.set_config('search_path', '', true);
WITH n AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')),
  r AS (SELECT c.oid, nspname, relname, relkind FROM pg_catalog.pg_class c JOIN n ON n.oid = c.relnamespace)
SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table' WHEN relkind = 'f' THEN 'foreign table' WHEN relkind = 'v' THEN 'view'
    WHEN relkind = 'm' THEN 'materialized view' WHEN relkind = 'S' THEN 'sequence' WHEN relkind IN ('i', 'I') THEN 'index' ELSE 'type' END,
  nspname, '', relname, '' FROM r
UNION ALL SELECT 'schema', '', '', nspname, '' FROM n
UNION ALL SELECT 'column', nspname, relname, attname, pg_catalog.format_type(atttypid, atttypmod)
  FROM r JOIN pg_catalog.pg_attribute ON attrelid = r.oid WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f', 'c')
UNION ALL SELECT 'constraint', nspname, relname, conname, '' FROM r JOIN pg_catalog.pg_constraint ON conrelid = r.oid
UNION ALL SELECT 'trigger', nspname, relname, tgname, '' FROM r JOIN pg_catalog.pg_trigger ON tgrelid = r.oid
UNION ALL SELECT 'policy', nspname, relname, polname, '' FROM r JOIN pg_catalog.pg_policy ON polrelid = r.oid
UNION ALL SELECT CASE typtype WHEN 'd' THEN 'domain' ELSE 'type' END, nspname, '', typname,
    (SELECT pg_catalog.json_agg(enumlabel) FROM pg_catalog.pg_enum WHERE enumtypid = t.oid)::text
  FROM pg_catalog.pg_type t JOIN n ON n.oid = typnamespace WHERE typtype IN ('b', 'd', 'e', 'r', 'm')
UNION ALL SELECT CASE prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END, nspname, '', proname, pronargs::text
  FROM pg_catalog.pg_proc JOIN n ON n.oid = pronamespace`

// there are the objects of a database, by name.
type there map[string][]claim

// thereIn reads the objects of a database.
func thereIn(ctx context.Context, db *postgres.Database) (there, error) {
	rows, err := db.Query(ctx, thereQuery)
	if err != nil {
		return nil, fmt.Errorf("reading what is in the database: %w", err)
	}
	found := there{}
	for _, row := range rows.Values {
		c := claim{class: row[0], schema: row[1], relation: row[2], name: row[3], args: -1}
		switch group(c.class) {
		case "column":
			c.typ = row[4]
		case "type":
			_ = json.Unmarshal([]byte(row[4]), &c.values) // of another type: no values
		case "function":
			_, _ = fmt.Sscan(row[4], &c.args)
		}
		found[c.name] = append(found[c.name], c)
	}
	return found, nil
}

// contradicts returns what a database has in the place of what is claimed, as a sentence
// without a full stop; empty if nothing speaks against the claim.
func (t there) contradicts(c claim) string {
	objects := slices.DeleteFunc(slices.Clone(t[c.name]), func(o claim) bool { return o.class != c.class || !o.same(c) })
	if len(objects) == 0 {
		return "there is no " + c.String()
	}
	for _, o := range objects {
		if sameType(c.typ, o.typ) && len(without(c.values, o.values)) == 0 {
			return ""
		}
	}
	if lacks := without(c.values, objects[0].values); len(lacks) > 0 {
		return fmt.Sprintf("%s has no value '%s'", c, strings.Join(lacks, "', '"))
	}
	return fmt.Sprintf("%s is %s, not %s", c, spelled(objects[0].typ), spelled(c.typ))
}

// spelled returns a type in the spelling of the models.
func spelled(typ string) string {
	if name, err := pgtype.Parse(typ); err == nil {
		return name.String()
	}
	return typ
}

// without returns the texts that are not among others.
func without(texts, others []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return slices.Contains(others, s) })
}
