package policies

import "github.com/whimbreldb/whimbrel/sdk"

var securityDefinitions = sdk.DefinitionQuery("row security", `SELECT 'row security', n.nspname, o.tab, 'table ' || o.tab,
	concat_ws(E';\n', CASE WHEN c.relrowsecurity THEN 'ALTER TABLE ' || o.tab || ' ENABLE ROW LEVEL SECURITY' END,
		CASE WHEN c.relforcerowsecurity THEN 'ALTER TABLE ' || o.tab || ' FORCE ROW LEVEL SECURITY' END), NULL, NULL
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS tab) o
WHERE c.relkind IN ('r', 'p') AND (c.relrowsecurity OR c.relforcerowsecurity) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)

var policyDefinitions = sdk.DefinitionQuery("policies", `SELECT 'policy', n.nspname, o.tab || '.' || o.name, 'table ' || o.tab,
	concat_ws(E';\n', 'CREATE POLICY ' || o.name || ' ON ' || o.tab || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
		|| CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
		|| CASE WHEN p.polroles = '{0}' THEN '' ELSE ' TO ' || (SELECT string_agg(coalesce(quote_ident(r.rolname), 'PUBLIC'), ', ' ORDER BY r.rolname)
			FROM unnest(p.polroles) x LEFT JOIN pg_roles r ON r.oid = x) END
		|| coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
		|| coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''),
		'COMMENT ON POLICY ' || o.name || ' ON ' || o.tab || ' IS ' || d.text), NULL, NULL
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS tab, quote_ident(p.polname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_policy'::regclass)
ORDER BY p.oid`)
