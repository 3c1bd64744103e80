package view

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the views of a database.
var definitions = sdk.DefinitionQuery("views", `SELECT 'view', n.nspname, o.name, NULL,
	concat_ws(E';\n', 'CREATE VIEW ' || o.name || coalesce(' WITH (' || (SELECT string_agg(x, ', ' ORDER BY x) FROM unnest(c.reloptions) x) || ')', '')
			|| E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';'),
		a.defaults, 'COMMENT ON VIEW ' || o.name || ' IS ' || d.text, a.comments), NULL, NULL
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
CROSS JOIN LATERAL (
	SELECT string_agg(format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', o.name, a.attname, pg_get_expr(f.adbin, f.adrelid)), E';\n' ORDER BY a.attnum)
			FILTER (WHERE f.oid IS NOT NULL) AS defaults,
		string_agg('COMMENT ON COLUMN ' || o.name || '.' || quote_ident(a.attname) || ' IS ' || d.text, E';\n' ORDER BY a.attnum) AS comments
	FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
	LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
	WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) a
LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind = 'v' AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
