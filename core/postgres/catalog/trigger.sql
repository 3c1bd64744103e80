SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.tgname), pg_catalog.pg_get_triggerdef(t.oid) AS definition,
	nullif(t.tgenabled::text, 'O') AS enabled, d.text AS comment
FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objoid = t.oid
WHERE NOT t.tgisinternal
