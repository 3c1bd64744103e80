package model

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the tables of a database. Their columns go between the
// parentheses; a partition is attached when its parent is there.
var definitions = sdk.DefinitionQuery("tables", `SELECT 'table', n.nspname, o.name, NULL,
	'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'TABLE ' || o.name || ' ()'
		|| CASE WHEN c.relispartition THEN '' ELSE coalesce(' INHERITS (' || i.parents || ')', '') END
		|| coalesce(' PARTITION BY ' || CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END, '')
		|| coalesce(' USING ' || quote_ident(nullif(m.amname, 'heap')), '')
		|| coalesce(' WITH (' || (SELECT string_agg(split_part(x, '=', 1) || '=' || quote_literal(substr(x, strpos(x, '=') + 1)), ', ' ORDER BY x)
			FROM unnest(c.reloptions) x) || ')', '')
		|| coalesce(' TABLESPACE ' || quote_ident(s.spcname), '')
		|| coalesce(E';\nCOMMENT ON TABLE ' || o.name || ' IS ' || d.text, '')
		|| CASE c.relreplident WHEN 'f' THEN E';\nALTER TABLE ' || o.name || ' REPLICA IDENTITY FULL'
			WHEN 'n' THEN E';\nALTER TABLE ' || o.name || ' REPLICA IDENTITY NOTHING' ELSE '' END,
	NULL, CASE WHEN c.relispartition THEN 'ALTER TABLE ONLY ' || i.parents || ' ATTACH PARTITION ' || o.name || ' ' || pg_get_expr(c.relpartbound, c.oid) END
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
LEFT JOIN LATERAL (
	SELECT string_agg(format('%I.%I', pn.nspname, p.relname), ', ' ORDER BY i.inhseqno) AS parents
	FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) i ON true
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p') AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
