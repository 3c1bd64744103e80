package trigger

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the triggers of a database, but for those that a constraint or a
// parent brings with it.
var definitions = sdk.DefinitionQuery("triggers", `SELECT 'trigger', n.nspname, o.tab || '.' || quote_ident(t.tgname),
	CASE c.relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || o.tab,
	concat_ws(E';\n', pg_get_triggerdef(t.oid), 'ALTER TABLE ' || o.tab || CASE t.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA'
			WHEN 'A' THEN ' ENABLE ALWAYS' END || ' TRIGGER ' || quote_ident(t.tgname),
		'COMMENT ON TRIGGER ' || quote_ident(t.tgname) || ' ON ' || o.tab || ' IS ' || d.text), NULL, NULL
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS tab) o
LEFT JOIN comments d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_trigger'::regclass)
ORDER BY t.oid`)
