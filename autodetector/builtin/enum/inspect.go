package enum

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the enums of a database.
var definitions = sdk.DefinitionQuery("enums", `SELECT 'type', n.nspname, o.name, NULL,
	'CREATE TYPE ' || o.name || ' AS ENUM (' || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
		FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')' || coalesce(E';\nCOMMENT ON TYPE ' || o.name || ' IS ' || d.text, ''), NULL, NULL
FROM pg_type t JOIN ours n ON n.oid = t.typnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, t.typname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid
WHERE t.typtype = 'e' AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
ORDER BY t.oid`)
