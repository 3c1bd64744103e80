SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, p.polname), p.polcmd::text AS command,
	CASE WHEN NOT p.polpermissive THEN 'true' END AS restrictive,
	(SELECT pg_catalog.string_agg(CASE role WHEN 0 THEN 'public' ELSE role::pg_catalog.regrole::text END, ', ' ORDER BY role::pg_catalog.regrole::text)
		FROM pg_catalog.unnest(p.polroles) role) AS roles,
	pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
	pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check,
	d.text AS comment
FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objoid = p.oid
