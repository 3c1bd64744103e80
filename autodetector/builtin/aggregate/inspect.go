package aggregate

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the aggregates of a database.
var definitions = sdk.DefinitionQuery("aggregates", `SELECT 'aggregate', n.nspname, o.name, NULL,
	'CREATE AGGREGATE ' || o.name || ' (' || concat_ws(', ', 'SFUNC = ' || g.aggtransfn::regproc, 'STYPE = ' || format_type(g.aggtranstype, NULL),
		'SSPACE = ' || nullif(g.aggtransspace, 0), 'FINALFUNC = ' || nullif(g.aggfinalfn::oid, 0)::regproc,
		CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END, 'FINALFUNC_MODIFY = ' || modify.f,
		'COMBINEFUNC = ' || nullif(g.aggcombinefn::oid, 0)::regproc, 'SERIALFUNC = ' || nullif(g.aggserialfn::oid, 0)::regproc,
		'DESERIALFUNC = ' || nullif(g.aggdeserialfn::oid, 0)::regproc, 'INITCOND = ' || quote_literal(g.agginitval),
		'MSFUNC = ' || nullif(g.aggmtransfn::oid, 0)::regproc, 'MINVFUNC = ' || nullif(g.aggminvtransfn::oid, 0)::regproc,
		'MSTYPE = ' || format_type(nullif(g.aggmtranstype, 0), NULL), 'MSSPACE = ' || nullif(g.aggmtransspace, 0),
		'MFINALFUNC = ' || nullif(g.aggmfinalfn::oid, 0)::regproc, CASE WHEN g.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
		'MFINALFUNC_MODIFY = ' || CASE WHEN g.aggmtransfn::oid <> 0 THEN modify.m END, 'MINITCOND = ' || quote_literal(g.aggminitval),
		'SORTOP = ' || (SELECT format('OPERATOR(%I.%s)', sn.nspname, s.oprname) FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = g.aggsortop),
		'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END, CASE g.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END)
	|| ')' || coalesce(E';\nCOMMENT ON AGGREGATE ' || o.name || ' IS ' || d.text, ''), NULL, NULL
FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid JOIN ours n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (SELECT format('%I.%I(%s)', n.nspname, p.proname, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')) AS name) o
CROSS JOIN LATERAL (SELECT CASE g.aggfinalmodify WHEN v.usual THEN NULL WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END AS f,
		CASE g.aggmfinalmodify WHEN v.usual THEN NULL WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END AS m
	FROM (SELECT CASE g.aggkind WHEN 'n' THEN 'r'::"char" ELSE 'w'::"char" END AS usual) v) modify
LEFT JOIN comments d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_proc'::regclass)
ORDER BY p.oid`)
