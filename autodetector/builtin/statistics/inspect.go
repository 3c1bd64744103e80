package statistics

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the extended statistics of a database. Their columns are in the order
// of their names: the server has them in that of the table, whoever made them.
var definitions = sdk.DefinitionQuery("statistics", `SELECT 'statistics', n.nspname, o.name, 'table ' || format('%I.%I', rn.nspname, r.relname),
	concat_ws(E';\n', coalesce(replace(pg_get_statisticsobjdef(s.oid), k.placed, k.named), pg_get_statisticsobjdef(s.oid)), CASE WHEN s.stxstattarget >= 0 THEN 'ALTER STATISTICS ' || o.name || ' SET STATISTICS ' || s.stxstattarget END,
		'COMMENT ON STATISTICS ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_statistic_ext s JOIN ours n ON n.oid = s.stxnamespace
JOIN pg_class r ON r.oid = s.stxrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, s.stxname) AS name) o
CROSS JOIN LATERAL (
	SELECT ' ON ' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS placed, ' ON ' || string_agg(quote_ident(attname), ', ' ORDER BY attname) AS named
	FROM pg_attribute WHERE attrelid = s.stxrelid AND attnum = ANY (s.stxkeys::int2[])) k
LEFT JOIN comments d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = s.oid
WHERE r.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY s.oid`)
