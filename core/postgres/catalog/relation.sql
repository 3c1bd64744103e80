SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
	CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
		WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' END AS kind,
	nullif(c.relpersistence::text, 'p') AS persistence,
	CASE WHEN c.relrowsecurity THEN 'on' END AS row_security,
	CASE WHEN c.relforcerowsecurity THEN 'on' END AS force_row_security,
	CASE WHEN c.relkind IN ('r', 'p') THEN nullif(c.relreplident::text, 'd') END AS replica_identity,
	(SELECT pg_catalog.string_agg(o, ', ' ORDER BY o) FROM pg_catalog.unnest(c.reloptions) o) AS options,
	CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
	pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition,
	(SELECT pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::text, ', ' ORDER BY i.inhseqno)
		FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) AS inherits,
	CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
	d.text AS comment
FROM pg_catalog.pg_class c JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
