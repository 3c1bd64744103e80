package domain

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the domains of a database with their constraints. One that was
// never validated cannot stand in CREATE DOMAIN.
var definitions = sdk.DefinitionQuery("domains", `SELECT 'domain', n.nspname, o.name, NULL,
	'CREATE DOMAIN ' || o.name || ' AS ' || format_type(t.typbasetype, t.typtypmod)
		|| CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation::text ELSE '' END
		|| coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
		|| coalesce(c.checks, '') || coalesce(E';\nCOMMENT ON DOMAIN ' || o.name || ' IS ' || d.text, ''),
	NULL, c.later
FROM pg_type t JOIN ours n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, t.typname) AS name) o
CROSS JOIN LATERAL (
	SELECT string_agg(format(' CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)), '' ORDER BY c.conname) FILTER (WHERE c.convalidated) AS checks,
		string_agg(concat_ws(E';\n', CASE WHEN NOT c.convalidated THEN format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', o.name, c.conname, pg_get_constraintdef(c.oid)) END,
			'COMMENT ON CONSTRAINT ' || quote_ident(c.conname) || ' ON DOMAIN ' || o.name || ' IS ' || d.text), E';\n' ORDER BY c.conname)
			FILTER (WHERE NOT c.convalidated OR d.text IS NOT NULL) AS later
	FROM pg_constraint c LEFT JOIN comments d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
	WHERE c.contypid = t.oid AND c.contype = 'c') c
LEFT JOIN comments d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid
WHERE t.typtype = 'd' AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
ORDER BY t.oid`)
