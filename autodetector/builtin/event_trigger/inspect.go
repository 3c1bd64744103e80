package eventtrigger

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the event triggers of a database.
var definitions = sdk.DefinitionQuery("event triggers", `SELECT 'event trigger', '', o.name, NULL,
	concat_ws(E';\n', 'CREATE EVENT TRIGGER ' || o.name || ' ON ' || quote_ident(e.evtevent)
			|| coalesce(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(x), ', ') FROM unnest(e.evttags) x) || ')', '')
			|| ' EXECUTE FUNCTION ' || format('%I.%I()', fn.nspname, f.proname),
		'ALTER EVENT TRIGGER ' || o.name || CASE e.evtenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' WHEN 'A' THEN ' ENABLE ALWAYS' END,
		'COMMENT ON EVENT TRIGGER ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_event_trigger e JOIN pg_proc f ON f.oid = e.evtfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
CROSS JOIN LATERAL (SELECT quote_ident(e.evtname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_event_trigger'::regclass AND d.objoid = e.oid
WHERE e.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_event_trigger'::regclass)
ORDER BY e.evtname`)
