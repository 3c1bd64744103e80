package index

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the indexes of a database that are no constraints. That of a
// partition is attached to its parent's when that is there.
var definitions = sdk.DefinitionQuery("indexes", `SELECT 'index', n.nspname, o.name,
	CASE r.relkind WHEN 'm' THEN 'materialized view ' ELSE 'table ' END || format('%I.%I', rn.nspname, r.relname),
	concat_ws(E';\n', pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid OR r.relkind = 'p' THEN '' ELSE ' /* invalid */' END,
		CASE WHEN i.indisclustered THEN format('ALTER TABLE %I.%I CLUSTER ON %I', rn.nspname, r.relname, c.relname) END,
		CASE WHEN i.indisreplident THEN format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY USING INDEX %I', rn.nspname, r.relname, c.relname) END,
		'COMMENT ON INDEX ' || o.name || ' IS ' || d.text), NULL, nullif(concat_ws(E';\n', p.text, s.text), '')
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN ours n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = i.indrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
LEFT JOIN LATERAL (
	SELECT format('ALTER INDEX %I.%I ATTACH PARTITION %s', n.nspname, p.relname, o.name) AS text
	FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace WHERE h.inhrelid = c.oid) p ON true
LEFT JOIN LATERAL (
	SELECT string_agg(format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', o.name, a.attnum, a.attstattarget), E';\n' ORDER BY a.attnum) AS text
	FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0) s ON true
WHERE r.relkind IN ('r', 'p', 'm') AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
AND r.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
