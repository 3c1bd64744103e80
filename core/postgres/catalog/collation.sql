SELECT pg_catalog.format('%I.%I', n.nspname, c.collname), c.collprovider::text AS provider, c.collcollate AS collate,
	CASE WHEN NOT c.collisdeterministic THEN 'true' END AS nondeterministic
FROM pg_catalog.pg_collation c JOIN ours n ON n.oid = c.collnamespace
WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_collation'::pg_catalog.regclass)
