package materializedview

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the materialized views of a database. Whether one is filled at
// the moment is no part of what it is.
var definitions = sdk.DefinitionQuery("materialized views", `SELECT 'materialized view', n.nspname, o.name, NULL,
	concat_ws(E';\n', 'CREATE MATERIALIZED VIEW ' || o.name || coalesce(' USING ' || quote_ident(nullif(m.amname, 'heap')), '')
			|| coalesce(' WITH (' || (SELECT string_agg(x, ', ' ORDER BY x) FROM unnest(c.reloptions) x) || ')', '')
			|| coalesce(' TABLESPACE ' || quote_ident(s.spcname), '') || E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';'),
		'COMMENT ON MATERIALIZED VIEW ' || o.name || ' IS ' || d.text, a.text), NULL, NULL
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
CROSS JOIN LATERAL (
	SELECT string_agg('COMMENT ON COLUMN ' || o.name || '.' || quote_ident(a.attname) || ' IS ' || d.text, E';\n' ORDER BY a.attnum) AS text
	FROM pg_attribute a JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
	WHERE a.attrelid = c.oid AND a.attnum > 0) a
LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind = 'm' AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
