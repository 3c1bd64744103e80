package usertype

// What the catalog says of an object, as the statements that make it again: the object
// itself, and whatever it would lose, its comments and who may do what with it.

// viewAgain is of a row c of pg_class.
const viewAgain = `format('CREATE VIEW %s%s AS %s', c.oid::regclass, ' WITH (' || array_to_string(reloptions, ', ') || ')', pg_get_viewdef(c.oid))
            || coalesce((SELECT string_agg(CASE objsubid WHEN 0 THEN format(';COMMENT ON VIEW %s IS %L', c.oid::regclass, description)
                ELSE format(';COMMENT ON COLUMN %s.%I IS %L', c.oid::regclass, attname, description) END, '')
                FROM pg_description LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid
                WHERE classoid = 'pg_class'::regclass AND objoid = c.oid), '')
            || coalesce((SELECT string_agg(format(';GRANT %s ON %s TO %s', privilege_type, c.oid::regclass,
                CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END), '') FROM aclexplode(relacl) WHERE grantee <> relowner), '')`

// materializedAgain is of a row c of pg_class, with pg_am and pg_tablespace.
const materializedAgain = `format('CREATE MATERIALIZED VIEW %s USING %I%s%s AS %s WITH %sDATA', c.oid::regclass, amname, ' WITH (' || array_to_string(reloptions, ', ') || ')',
                ' TABLESPACE ' || quote_ident(spcname), rtrim(pg_get_viewdef(c.oid), ';'), CASE WHEN relispopulated THEN '' ELSE 'NO ' END)
            || coalesce((SELECT string_agg(format(';%s', pg_get_indexdef(indexrelid)), '' ORDER BY indexrelid) FROM pg_index WHERE indrelid = c.oid), '')
            || coalesce((SELECT string_agg(CASE objsubid WHEN 0 THEN format(';COMMENT ON MATERIALIZED VIEW %s IS %L', c.oid::regclass, description)
                ELSE format(';COMMENT ON COLUMN %s.%I IS %L', c.oid::regclass, attname, description) END, '')
                FROM pg_description LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid
                WHERE classoid = 'pg_class'::regclass AND objoid = c.oid), '')
            || coalesce((SELECT string_agg(format(';COMMENT ON INDEX %s IS %L', indexrelid::regclass, description), '')
                FROM pg_index JOIN pg_description ON classoid = 'pg_class'::regclass AND objoid = indexrelid WHERE indrelid = c.oid), '')
            || coalesce((SELECT string_agg(format(';GRANT %s ON %s TO %s', privilege_type, c.oid::regclass,
                CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END), '') FROM aclexplode(relacl) WHERE grantee <> relowner), '')`

// routineAgain is of a row p of pg_proc that is no aggregate.
const routineAgain = `pg_get_functiondef(p.oid)
            || coalesce(format(';COMMENT ON ROUTINE %s IS %L', p.oid::regprocedure, obj_description(p.oid, 'pg_proc')), '')
            || ` + routineGrants

// policyAgain is of a row of pg_policy.
const policyAgain = `format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', polname, polrelid::regclass,
                CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                CASE WHEN polroles = '{0}' THEN 'PUBLIC' ELSE (SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE oid = ANY (polroles)) END)
            || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
            || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
            || format(';COMMENT ON POLICY %I ON %s IS %L', polname, polrelid::regclass, obj_description(pg_policy.oid, 'pg_policy'))`

// routineGrants say who may do what with a row p of pg_proc.
const routineGrants = `CASE WHEN proacl IS NULL THEN '' ELSE format(';REVOKE ALL ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure) END
            || coalesce((SELECT string_agg(format(';GRANT %s ON ROUTINE %s TO %s', privilege_type, p.oid::regprocedure,
                CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END), '') FROM aclexplode(proacl) WHERE grantee <> proowner), '')`
