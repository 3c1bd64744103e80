SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
	CASE WHEN p.prokind = 'a' THEN pg_catalog.concat_ws(' ', 'aggregate', g.aggtransfn, pg_catalog.format_type(g.aggtranstype, NULL), g.aggkind,
		g.aggtransspace, g.aggfinalfn, g.aggfinalextra, g.aggfinalmodify, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.agginitval, g.aggmtransfn,
		g.aggminvtransfn, nullif(g.aggmtranstype, 0)::pg_catalog.regtype, g.aggmtransspace, g.aggmfinalfn, g.aggmfinalextra, g.aggmfinalmodify,
		g.aggminitval, nullif(g.aggsortop, 0)::pg_catalog.regoperator, p.proparallel)
		ELSE pg_catalog.pg_get_functiondef(p.oid) END AS definition,
	d.text AS comment
FROM pg_catalog.pg_proc p JOIN ours n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
	AND i.objid = p.oid AND i.deptype = 'i')
