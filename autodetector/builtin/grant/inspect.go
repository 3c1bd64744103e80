package grant

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the rights that somebody was given, or that were taken from
// everybody: those of a role on one thing together.
func definitions() []sdk.CatalogQuery {
	return []sdk.CatalogQuery{
		sdk.DefinitionQuery("privileges", privileges), sdk.DefinitionQuery("privileges on columns", columnPrivileges),
		sdk.DefinitionQuery("default privileges", defaultPrivileges),
	}
}

// given writes the rights of a role as the words of a GRANT: all if there are as many as
// the owner has.
const given = `CASE WHEN count(DISTINCT g.privilege_type) = (SELECT count(*) FROM aclexplode(acldefault(o.class, o.owner)) a WHERE a.grantee = o.owner) THEN 'ALL'
	ELSE string_agg(DISTINCT g.privilege_type, ', ') END`

// Everybody may call a function and use a type, unless that was taken away; what the
// schema public has from the beginning is no gift.
const privileges = `SELECT 'privileges', o.schema, format('on %s for %s', o.name, r.name), NULL, string_agg(r.text, E';\n' ORDER BY r.option), NULL, NULL
FROM (
	SELECT n.nspname AS schema, CASE c.relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' ELSE 'table ' END
			|| format('%I.%I', n.nspname, c.relname) AS name, CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || format('%I.%I', n.nspname, c.relname) AS sql,
			CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END AS class, c.relowner AS owner, c.relacl AS acl, 'pg_class'::regclass AS catalog, c.oid
		FROM pg_class c JOIN ours n ON n.oid = c.relnamespace WHERE c.relacl IS NOT NULL
	UNION ALL SELECT n.nspname, CASE p.prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
			CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
			'f', p.proowner, p.proacl, 'pg_proc'::regclass, p.oid
		FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL
	UNION ALL SELECT n.nspname, format('type %I.%I', n.nspname, t.typname), format('TYPE %I.%I', n.nspname, t.typname), 'T', t.typowner, t.typacl, 'pg_type'::regclass, t.oid
		FROM pg_type t JOIN ours n ON n.oid = t.typnamespace WHERE t.typacl IS NOT NULL
	UNION ALL SELECT n.nspname, 'schema ' || quote_ident(n.nspname), 'SCHEMA ' || quote_ident(n.nspname), 'n', s.nspowner,
			nullif(ARRAY(SELECT unnest(s.nspacl) EXCEPT SELECT unnest(i.initprivs)), '{}'), 'pg_namespace'::regclass, n.oid
		FROM ours n JOIN pg_namespace s ON s.oid = n.oid LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid
		WHERE s.nspacl IS NOT NULL
) o CROSS JOIN LATERAL (
	SELECT g.name, g.option, g.text FROM (
		SELECT coalesce(quote_ident(r.rolname), 'PUBLIC') AS name, g.is_grantable AS option, g.grantee,
			'GRANT ' || ` + given + ` || ' ON ' || o.sql || ' TO ' || coalesce(quote_ident(r.rolname), 'PUBLIC') || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS text
		FROM aclexplode(o.acl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
		WHERE g.grantee <> o.owner GROUP BY r.rolname, g.grantee, g.is_grantable) g
	WHERE NOT (o.class IN ('f', 'T') AND g.grantee = 0)
	UNION ALL SELECT 'PUBLIC', false, 'REVOKE ALL ON ' || o.sql || ' FROM PUBLIC'
	WHERE o.class IN ('f', 'T') AND NOT EXISTS (SELECT FROM aclexplode(o.acl) g WHERE g.grantee = 0)
) r
WHERE NOT EXISTS (SELECT FROM ext WHERE ext.classid = o.catalog AND ext.objid = o.oid)
GROUP BY o.schema, o.name, r.name
ORDER BY o.schema, o.name, r.name`

const columnPrivileges = `SELECT 'privileges', o.schema, format('on columns of table %s for %s', o.tab, o.name), NULL, string_agg(o.text, E';\n' ORDER BY o.text), NULL, NULL
FROM (
	SELECT n.nspname AS schema, t.tab, coalesce(quote_ident(r.rolname), 'PUBLIC') AS name,
		'GRANT ' || g.privilege_type || ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ') ON TABLE ' || t.tab || ' TO '
			|| coalesce(quote_ident(r.rolname), 'PUBLIC') || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS text
	FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace
	CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS tab) t
	CROSS JOIN LATERAL aclexplode(a.attacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
	WHERE a.attacl IS NOT NULL AND g.grantee <> c.relowner AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
	GROUP BY n.nspname, t.tab, r.rolname, g.privilege_type, g.is_grantable) o
GROUP BY o.schema, o.tab, o.name
ORDER BY o.schema, o.tab, o.name`

const defaultPrivileges = `SELECT 'privileges', o.schema, format('on %s of %s to come%s for %s', o.class, o.owner, coalesce(' in ' || nullif(o.schema, ''), ''), o.name), NULL,
	string_agg(o.text, E';\n' ORDER BY o.text), NULL, NULL
FROM (
	SELECT coalesce(n.nspname, '') AS schema, quote_ident(w.rolname) AS owner, lower(k.class) AS class, coalesce(quote_ident(r.rolname), 'PUBLIC') AS name,
		'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(w.rolname) || coalesce(' IN SCHEMA ' || quote_ident(n.nspname), '')
			|| ' GRANT ' || string_agg(DISTINCT g.privilege_type, ', ') || ' ON ' || k.class || ' TO ' || coalesce(quote_ident(r.rolname), 'PUBLIC')
			|| CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS text
	FROM pg_default_acl d JOIN pg_roles w ON w.oid = d.defaclrole LEFT JOIN ours n ON n.oid = d.defaclnamespace
	CROSS JOIN LATERAL (SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS class) k
	CROSS JOIN LATERAL aclexplode(d.defaclacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
	WHERE g.grantee <> d.defaclrole
	GROUP BY n.nspname, w.rolname, k.class, r.rolname, g.is_grantable) o
GROUP BY o.schema, o.class, o.owner, o.name
ORDER BY o.schema, o.class, o.owner, o.name`
