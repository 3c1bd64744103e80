package usertype

// What depends on a type depends on it through others as well: an aggregate over a
// function of it, an operator class over operators over such functions, a trigger on a
// view that shows it. All of that makes way, what is farthest from the type first, and
// comes again in the opposite order, whoever made it.

// releasingThrough takes everything away that depends on the types or their columns,
// through however many others.
const releasingThrough = `DECLARE
    dependent record;
    again text[] := '{}';
BEGIN
    FOR dependent IN
        WITH RECURSIVE columns AS (
            SELECT attrelid, attnum FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
            WHERE {types} AND NOT attisdropped
        ), edges AS (
            SELECT classid, objid, refclassid, refobjid FROM pg_depend LEFT JOIN pg_class AS c ON refclassid = 'pg_class'::regclass AND refobjid = c.oid
            WHERE deptype IN ('n', 'a') AND (refclassid <> 'pg_class'::regclass OR relkind IN ('v', 'm'))
                AND NOT (classid = 'pg_rewrite'::regclass AND objid IN (SELECT oid FROM pg_rewrite WHERE ev_class = refobjid AND rulename = '_RETURN'))
            UNION ALL SELECT 'pg_class'::regclass, ev_class, 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE rulename = '_RETURN'
            UNION ALL SELECT 'pg_type'::regclass, oid, 'pg_class'::regclass, typrelid FROM pg_type WHERE typrelid <> 0
            UNION ALL SELECT 'pg_type'::regclass, typarray, 'pg_type'::regclass, oid FROM pg_type WHERE typarray <> 0
            UNION ALL SELECT refclassid, refobjid, classid, objid FROM pg_depend WHERE deptype = 'i' AND refclassid IN ('pg_opclass'::regclass, 'pg_constraint'::regclass)
        ), through (classid, objid, depth) AS (
            SELECT classid, objid, 1 FROM pg_depend JOIN columns ON refobjid = attrelid AND refobjsubid = attnum
            WHERE refclassid = 'pg_class'::regclass
            UNION SELECT classid, objid, 1 FROM pg_depend JOIN pg_type ON pg_type.oid = refobjid
            WHERE refclassid = 'pg_type'::regclass AND deptype = 'n' AND {types}
            UNION SELECT edges.classid, edges.objid, depth + 1 FROM through JOIN edges ON refclassid = through.classid AND refobjid = through.objid
            WHERE depth < 100
        ), users AS (
            SELECT classid, objid, max(depth) AS depth FROM through GROUP BY classid, objid
        )
        SELECT depth, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            || format(';COMMENT ON CONSTRAINT %I ON %s IS %L', conname, conrelid::regclass, obj_description(oid, 'pg_constraint')) AS back
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = oid WHERE contype IN ('c', 'f', 'x') AND conrelid <> 0
        UNION ALL
        SELECT depth, format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass), ` + triggerAgain + `
        FROM pg_trigger JOIN users ON classid = 'pg_trigger'::regclass AND objid = oid WHERE NOT tgisinternal
        UNION ALL
        SELECT depth, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            || format(';COMMENT ON INDEX %s IS %L', indexrelid::regclass, obj_description(indexrelid, 'pg_class'))
        FROM pg_index JOIN users ON classid = 'pg_class'::regclass AND objid = indexrelid
        WHERE (indpred IS NOT NULL OR indexprs IS NOT NULL OR depth > 1) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            AND NOT EXISTS (SELECT FROM pg_class WHERE pg_class.oid = indrelid AND relkind = 'm')
        UNION ALL
        SELECT depth, format('DROP VIEW %s', c.oid::regclass),
            ` + viewAgain + `
        FROM users JOIN pg_class AS c ON classid = 'pg_class'::regclass AND objid = c.oid AND relkind = 'v'
        UNION ALL
        SELECT depth, format('DROP MATERIALIZED VIEW %s', c.oid::regclass),
            ` + materializedAgain + `
        FROM users JOIN pg_class AS c ON classid = 'pg_class'::regclass AND objid = c.oid AND relkind = 'm'
        JOIN pg_am ON pg_am.oid = relam LEFT JOIN pg_tablespace AS s ON s.oid = reltablespace
        UNION ALL
        SELECT depth, format('DROP RULE %I ON %s', rulename, ev_class::regclass), rtrim(pg_get_ruledef(pg_rewrite.oid), ';')
            || format(';COMMENT ON RULE %I ON %s IS %L', rulename, ev_class::regclass, obj_description(pg_rewrite.oid, 'pg_rewrite'))
        FROM pg_rewrite JOIN users ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid WHERE rulename <> '_RETURN'
        UNION ALL
        SELECT depth, format('DROP POLICY %I ON %s', polname, polrelid::regclass),
            ` + policyAgain + `
        FROM pg_policy JOIN users ON classid = 'pg_policy'::regclass AND objid = pg_policy.oid
        UNION ALL
        SELECT depth, format('DROP STATISTICS %I.%I', stxnamespace::regnamespace, stxname), pg_get_statisticsobjdef(s.oid)
            || format(';COMMENT ON STATISTICS %I.%I IS %L', stxnamespace::regnamespace, stxname, obj_description(s.oid, 'pg_statistic_ext'))
            || coalesce(format(';ALTER STATISTICS %I.%I SET STATISTICS ', stxnamespace::regnamespace, stxname) || nullif(stxstattarget, -1), '')
        FROM pg_statistic_ext AS s JOIN users ON classid = 'pg_statistic_ext'::regclass AND objid = s.oid WHERE to_jsonb(s) ->> 'stxexprs' <> ''
        UNION ALL
        SELECT depth, format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT', attrelid::regclass, attname),
            format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', attrelid::regclass, attname, pg_get_expr(adbin, adrelid))
        FROM pg_attrdef JOIN users ON classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid
        JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
        WHERE attgenerated = '' AND (adrelid, adnum) NOT IN (SELECT attrelid, attnum FROM columns)
        UNION ALL
        SELECT depth, format('ALTER DOMAIN %s DROP CONSTRAINT %I', contypid::regtype, conname),
            format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', contypid::regtype, conname, pg_get_constraintdef(pg_constraint.oid))
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = pg_constraint.oid
        WHERE contypid <> 0 AND contypid NOT IN (SELECT oid FROM pg_type WHERE {types}{calling})
        UNION ALL
        SELECT depth, format('ALTER DOMAIN %s DROP DEFAULT', d.oid::regtype),
            format('ALTER DOMAIN %s SET DEFAULT %s', d.oid::regtype, pg_get_expr(typdefaultbin, 0))
        FROM pg_type AS d JOIN users ON classid = 'pg_type'::regclass AND objid = d.oid
        WHERE typtype = 'd' AND typdefaultbin IS NOT NULL AND d.oid NOT IN (SELECT oid FROM pg_type WHERE {types}{calling})
        UNION ALL
        SELECT depth, format('DROP ROUTINE %s', p.oid::regprocedure), ` + routineAgain + `
        FROM pg_proc AS p JOIN users ON classid = 'pg_proc'::regclass AND objid = p.oid
        WHERE prokind <> 'a' AND NOT EXISTS (SELECT FROM pg_depend AS i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
        UNION ALL
        SELECT depth, format('DROP ROUTINE %s', p.oid::regprocedure),
            ` + aggregateAgain + `
        FROM pg_aggregate AS a JOIN pg_proc AS p ON p.oid = aggfnoid JOIN users ON classid = 'pg_proc'::regclass AND objid = p.oid
        UNION ALL
        SELECT depth, format('DROP CAST (%s AS %s)', castsource::regtype, casttarget::regtype),
            ` + castAgain + `
        FROM pg_cast JOIN users ON classid = 'pg_cast'::regclass AND objid = pg_cast.oid
        UNION ALL
        SELECT depth, format('DROP OPERATOR %s', o.oid::regoperator),
            ` + operatorAgain + `
        FROM pg_operator AS o JOIN users ON classid = 'pg_operator'::regclass AND objid = o.oid
        UNION ALL
        SELECT depth, format('DROP OPERATOR CLASS %I.%I USING %I', opcnamespace::regnamespace, opcname, amname),
            ` + operatorClassAgain + `
        FROM pg_opclass AS o JOIN users ON classid = 'pg_opclass'::regclass AND objid = o.oid
        JOIN pg_am ON pg_am.oid = opcmethod JOIN pg_opfamily AS f ON f.oid = opcfamily
        ORDER BY depth DESC, away
` + roundTrip
