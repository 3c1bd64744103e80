package usertype

// What stands by itself and depends on a type or its columns makes way for it, too: views
// and what reads them, the outermost first, and then functions that take or give the
// type, with whatever calls those.

// namingTypes adds, to what depends on the columns, what names the types and what
// calls functions that do. Checks of domains go with them.
const namingTypes = `
            UNION SELECT classid, objid FROM pg_depend JOIN pg_type ON pg_type.oid = refobjid
            WHERE refclassid = 'pg_type'::regclass AND deptype = 'n' AND {types}
            AND objid NOT IN ({unowned})
            UNION SELECT caller.classid, caller.objid FROM pg_type JOIN pg_depend AS taker ON pg_type.oid = taker.refobjid
            JOIN pg_depend AS caller ON caller.refobjid = taker.objid AND caller.refclassid = taker.classid
            WHERE taker.refclassid = 'pg_type'::regclass AND taker.classid = 'pg_proc'::regclass AND {types}`

// ofNoDomain are the checks of domains.
const ofNoDomain = `SELECT oid FROM pg_constraint WHERE contypid <> 0`

// standingViews are the views, each with how far it is from a table.
const standingViews = `, views (oid, depth) AS (
            SELECT ev_class, 1 FROM pg_rewrite JOIN users ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid{rule}
            UNION
            SELECT ev_class, depth + 1 FROM views JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = views.oid
            JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid WHERE ev_class <> views.oid{rule}
        )`

// standingBy are the statements for them, and for defaults that call such functions.
const standingBy = `
        UNION ALL
        SELECT 100 - max(depth), format('DROP VIEW %s', c.oid::regclass),
            ` + viewAgain + `
        FROM views JOIN pg_class AS c ON c.oid = views.oid{view} GROUP BY c.oid, reloptions, relacl, relowner
        UNION ALL
        SELECT 100, format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT', attrelid::regclass, attname),
            format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', attrelid::regclass, attname, pg_get_expr(adbin, adrelid))
        FROM pg_attrdef JOIN users ON classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid
        JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
        WHERE attgenerated = '' AND (adrelid, adnum) NOT IN (SELECT attrelid, attnum FROM columns)
        UNION ALL
        SELECT 101, format('DROP ROUTINE %s', p.oid::regprocedure), ` + routineAgain + `
        FROM pg_proc AS p JOIN users ON classid = 'pg_proc'::regclass AND objid = p.oid WHERE prokind IN ('f', 'p')`
