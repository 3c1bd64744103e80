package composite

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the composite types of a database that are no table's.
var definitions = sdk.DefinitionQuery("composites", `SELECT 'type', n.nspname, o.name, NULL,
	'CREATE TYPE ' || o.name || ' AS (' || coalesce(a.parts, '') || ')' || coalesce(E';\nCOMMENT ON TYPE ' || o.name || ' IS ' || d.text, '')
		|| coalesce(E';\n' || a.comments, ''), NULL, NULL
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
CROSS JOIN LATERAL (
	SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
			|| CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation::text ELSE '' END, ', ' ORDER BY a.attnum) AS parts,
		string_agg('COMMENT ON COLUMN ' || o.name || '.' || quote_ident(a.attname) || ' IS ' || d.text, E';\n' ORDER BY a.attnum) AS comments
	FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
	LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
	WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) a
LEFT JOIN comments d ON d.classoid = 'pg_type'::regclass AND d.objoid = c.reltype
WHERE c.relkind = 'c' AND c.reltype NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
ORDER BY c.reltype`)
