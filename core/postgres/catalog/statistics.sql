SELECT pg_catalog.format('%I.%I', n.nspname, s.stxname), pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition, d.text AS comment
FROM pg_catalog.pg_statistic_ext s JOIN ours n ON n.oid = s.stxnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND d.objoid = s.oid
