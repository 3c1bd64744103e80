package sequence

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the sequences of a database that are no identity column's. The
// column that owns one may come after it.
var definitions = sdk.DefinitionQuery("sequences", `SELECT 'sequence', n.nspname, o.name, NULL,
	'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'SEQUENCE ' || o.name || ' AS ' || format_type(s.seqtypid, NULL)
		|| format(' START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache)
		|| CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END || coalesce(E';\nCOMMENT ON SEQUENCE ' || o.name || ' IS ' || d.text, ''),
	NULL, 'ALTER SEQUENCE ' || o.name || ' OWNED BY ' || w.name
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS name) o
LEFT JOIN LATERAL (
	SELECT d.deptype, format('%I.%I.%I', wn.nspname, w.relname, a.attname) AS name
	FROM pg_depend d JOIN pg_class w ON w.oid = d.refobjid JOIN pg_namespace wn ON wn.oid = w.relnamespace
	JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
	WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) w ON true
LEFT JOIN comments d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE w.deptype IS DISTINCT FROM 'i' AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
