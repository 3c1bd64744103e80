package ranges

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the range types of a database. Servers before 14 have no
// multiranges.
var definitions = sdk.DefinitionQuery("ranges", `SELECT 'type', n.nspname, o.name, NULL,
	'CREATE TYPE ' || o.name || ' AS RANGE (' || concat_ws(', ', 'subtype = ' || format_type(r.rngsubtype, NULL),
			'subtype_opclass = ' || CASE WHEN NOT p.opcdefault THEN format('%I.%I', pn.nspname, p.opcname) END,
			'collation = ' || CASE WHEN r.rngcollation <> s.typcollation THEN r.rngcollation::regcollation::text END,
			'canonical = ' || nullif(r.rngcanonical::oid, 0)::regproc::text, 'subtype_diff = ' || nullif(r.rngsubdiff::oid, 0)::regproc::text,
			'multirange_type_name = ' || format('%I.%I', mn.nspname, m.typname))
		|| ')' || coalesce(E';\nCOMMENT ON TYPE ' || o.name || ' IS ' || d.text, ''), NULL, NULL
FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN ours n ON n.oid = t.typnamespace
JOIN pg_type s ON s.oid = r.rngsubtype
JOIN pg_opclass p ON p.oid = r.rngsubopc JOIN pg_namespace pn ON pn.oid = p.opcnamespace
LEFT JOIN pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid LEFT JOIN pg_namespace mn ON mn.oid = m.typnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, t.typname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid
WHERE t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
ORDER BY t.oid`)
