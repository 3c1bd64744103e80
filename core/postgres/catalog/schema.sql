SELECT pg_catalog.quote_ident(n.nspname), d.text AS comment
FROM ours n
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objoid = n.oid
WHERE n.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)
