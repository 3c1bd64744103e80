SELECT pg_catalog.quote_ident(e.evtname), e.evtevent::text AS event, e.evtfoid::pg_catalog.regprocedure::text AS function,
	pg_catalog.array_to_string(e.evttags, ', ') AS tags, nullif(e.evtenabled::text, 'O') AS enabled,
	d.text AS comment
FROM pg_catalog.pg_event_trigger e
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objoid = e.oid
WHERE e.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass)
