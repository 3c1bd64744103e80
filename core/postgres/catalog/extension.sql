SELECT pg_catalog.quote_ident(e.extname), pg_catalog.quote_ident(n.nspname) AS schema, e.extversion AS version, d.text AS comment
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid
