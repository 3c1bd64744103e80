SELECT pg_catalog.format('%I.%I.%I', n.nspname, coalesce(r.relname, t.typname), c.conname),
	pg_catalog.pg_get_constraintdef(c.oid) AS definition,
	CASE WHEN NOT c.convalidated THEN 'true' END AS not_valid,
	d.text AS comment
FROM pg_catalog.pg_constraint c JOIN ours n ON n.oid = c.connamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = c.contypid
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objoid = c.oid
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')
AND c.conrelid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
AND c.contypid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
