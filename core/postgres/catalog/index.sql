SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.pg_get_indexdef(c.oid) AS definition,
	CASE WHEN NOT i.indisvalid THEN 'true' END AS invalid,
	CASE WHEN i.indisreplident THEN 'true' END AS replica_identity,
	CASE WHEN i.indisclustered THEN 'true' END AS clustered,
	d.text AS comment
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE i.indrelid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
