package function

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the functions of a database, but for those that come with a type.
var definitions = sdk.DefinitionQuery("functions", `SELECT 'function', n.nspname, o.name, NULL,
	rtrim(pg_get_functiondef(p.oid), E'\n') || coalesce(E';\nCOMMENT ON FUNCTION ' || o.name || ' IS ' || d.text, ''), NULL, NULL
FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid
WHERE p.prokind IN ('f', 'w') AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype IN ('e', 'i'))
ORDER BY p.oid`)
