SELECT pg_catalog.format('%I.%I', n.nspname, s.stxname), coalesce(pg_catalog.replace(pg_catalog.pg_get_statisticsobjdef(s.oid), k.placed, k.named), pg_catalog.pg_get_statisticsobjdef(s.oid)) AS definition, d.text AS comment
FROM pg_catalog.pg_statistic_ext s JOIN ours n ON n.oid = s.stxnamespace
CROSS JOIN LATERAL (
	SELECT ' ON ' || pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum) AS placed,
		' ON ' || pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attname) AS named
	FROM pg_catalog.pg_attribute WHERE attrelid = s.stxrelid AND attnum = ANY (s.stxkeys::pg_catalog.int2[])) k
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND d.objoid = s.oid
