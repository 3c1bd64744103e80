package usertype

// What PostgreSQL has no function for that gives its definition: aggregates, and what
// people write by hand, casts, operators and their classes. See again.go.

// triggerAgain is of a row of pg_trigger.
const triggerAgain = `pg_get_triggerdef(oid)
            || format(';COMMENT ON TRIGGER %I ON %s IS %L', tgname, tgrelid::regclass, obj_description(oid, 'pg_trigger'))
            || CASE tgenabled WHEN 'O' THEN '' ELSE format(';ALTER TABLE %s %s TRIGGER %I', tgrelid::regclass,
                CASE tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, tgname) END`

// aggregateAgain is of a row a of pg_aggregate and p of pg_proc.
const aggregateAgain = `format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s', pronamespace::regnamespace, proname,
                coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), aggtransfn, format_type(aggtranstype, NULL))
            || coalesce(', SSPACE = ' || nullif(aggtransspace, 0), '')
            || coalesce(', FINALFUNC = ' || nullif(aggfinalfn::text, '-') || CASE WHEN aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END
                || ', FINALFUNC_MODIFY = ' || CASE aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END, '')
            || coalesce(', COMBINEFUNC = ' || nullif(aggcombinefn::text, '-'), '') || coalesce(', SERIALFUNC = ' || nullif(aggserialfn::text, '-'), '')
            || coalesce(', DESERIALFUNC = ' || nullif(aggdeserialfn::text, '-'), '') || coalesce(', INITCOND = ' || quote_literal(agginitval), '')
            || coalesce(', MSFUNC = ' || nullif(aggmtransfn::text, '-') || ', MSTYPE = ' || format_type(aggmtranstype, NULL), '')
            || coalesce(', MINVFUNC = ' || nullif(aggminvtransfn::text, '-'), '') || coalesce(', MSSPACE = ' || nullif(aggmtransspace, 0), '')
            || coalesce(', MFINALFUNC = ' || nullif(aggmfinalfn::text, '-') || CASE WHEN aggmfinalextra THEN ', MFINALFUNC_EXTRA' ELSE '' END
                || ', MFINALFUNC_MODIFY = ' || CASE aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END, '')
            || coalesce(', MINITCOND = ' || quote_literal(aggminitval), '')
            || coalesce((SELECT format(', SORTOP = OPERATOR(%I.%s)', oprnamespace::regnamespace, oprname) FROM pg_operator WHERE pg_operator.oid = aggsortop), '')
            || CASE aggkind WHEN 'h' THEN ', HYPOTHETICAL' ELSE '' END
            || ', PARALLEL = ' || CASE proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END || ')'
            || format(';COMMENT ON AGGREGATE %I.%I(%s) IS %L', pronamespace::regnamespace, proname,
                coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), obj_description(p.oid, 'pg_proc'))
            || ` + routineGrants

// castAgain is of a row of pg_cast.
const castAgain = `format('CREATE CAST (%s AS %s) WITH%s%s', castsource::regtype, casttarget::regtype,
                CASE castmethod WHEN 'f' THEN ' FUNCTION ' || castfunc::regprocedure WHEN 'i' THEN ' INOUT' ELSE 'OUT FUNCTION' END,
                CASE castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)
            || format(';COMMENT ON CAST (%s AS %s) IS %L', castsource::regtype, casttarget::regtype, obj_description(pg_cast.oid, 'pg_cast'))`

// operatorAgain is of a row o of pg_operator.
const operatorAgain = `format('CREATE OPERATOR %I.%s (FUNCTION = %s', oprnamespace::regnamespace, oprname, oprcode)
            || coalesce(', LEFTARG = ' || nullif(oprleft, 0)::regtype, '') || coalesce(', RIGHTARG = ' || nullif(oprright, 0)::regtype, '')
            || coalesce((SELECT format(', COMMUTATOR = OPERATOR(%I.%s)', oprnamespace::regnamespace, oprname) FROM pg_operator WHERE oid = o.oprcom), '')
            || coalesce((SELECT format(', NEGATOR = OPERATOR(%I.%s)', oprnamespace::regnamespace, oprname) FROM pg_operator WHERE oid = o.oprnegate), '')
            || coalesce(', RESTRICT = ' || nullif(oprrest::text, '-'), '') || coalesce(', JOIN = ' || nullif(oprjoin::text, '-'), '')
            || CASE WHEN oprcanhash THEN ', HASHES' ELSE '' END || CASE WHEN oprcanmerge THEN ', MERGES' ELSE '' END || ')'
            || format(';COMMENT ON OPERATOR %s IS %L', o.oid::regoperator, obj_description(o.oid, 'pg_operator'))`

// operatorClassAgain is of a row o of pg_opclass, with pg_am and a row f of pg_opfamily.
const operatorClassAgain = `format('CREATE OPERATOR CLASS %I.%I %sFOR TYPE %s USING %I FAMILY %I.%I AS STORAGE %s', opcnamespace::regnamespace, opcname,
                CASE WHEN opcdefault THEN 'DEFAULT ' ELSE '' END, opcintype::regtype, amname, opfnamespace::regnamespace, opfname,
                coalesce(nullif(opckeytype, 0), opcintype)::regtype)
            || coalesce((SELECT string_agg(format(', OPERATOR %s %s%s', amopstrategy, amopopr::regoperator,
                (SELECT format(' FOR ORDER BY %I.%I', opfnamespace::regnamespace, opfname) FROM pg_opfamily WHERE oid = amopsortfamily)), '' ORDER BY amopstrategy)
                FROM pg_amop JOIN pg_depend AS i ON i.classid = 'pg_amop'::regclass AND i.objid = pg_amop.oid AND i.deptype = 'i' AND i.refobjid = o.oid), '')
            || coalesce((SELECT string_agg(format(', FUNCTION %s (%s, %s) %s', amprocnum, amproclefttype::regtype, amprocrighttype::regtype,
                amproc::regprocedure), '' ORDER BY amprocnum)
                FROM pg_amproc JOIN pg_depend AS i ON i.classid = 'pg_amproc'::regclass AND i.objid = pg_amproc.oid AND i.deptype = 'i' AND i.refobjid = o.oid), '')
            || format(';COMMENT ON OPERATOR CLASS %I.%I USING %I IS %L', opcnamespace::regnamespace, opcname, amname, obj_description(o.oid, 'pg_opclass'))`
