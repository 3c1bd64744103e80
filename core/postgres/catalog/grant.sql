, objects AS (
	SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
		CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS kind, c.relowner AS owner, c.relacl AS acl
	FROM pg_catalog.pg_class c JOIN ours n ON n.oid = c.relnamespace
	WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
	UNION ALL
	SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), 'f', p.proowner, p.proacl
	FROM pg_catalog.pg_proc p JOIN ours n ON n.oid = p.pronamespace
	WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
	UNION ALL
	SELECT pg_catalog.format('%I', n.nspname), 'n', p.nspowner, p.nspacl
	FROM ours n JOIN pg_catalog.pg_namespace p ON p.oid = n.oid WHERE n.nspname <> 'public'
)
SELECT pg_catalog.format('%s to %s', name, CASE g.grantee WHEN 0 THEN 'public' ELSE g.grantee::pg_catalog.regrole::text END),
	pg_catalog.string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END, ', '
		ORDER BY g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END) AS privileges
FROM objects, pg_catalog.aclexplode(coalesce(acl, pg_catalog.acldefault(kind, owner))) g
WHERE g.grantee <> owner
GROUP BY name, kind, g.grantee
