package schema

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the schemas of a database. public is there from the beginning.
var definitions = sdk.DefinitionQuery("schemas", `SELECT 'schema', n.nspname, quote_ident(n.nspname), NULL,
	'CREATE SCHEMA ' || quote_ident(n.nspname) || coalesce(E';\nCOMMENT ON SCHEMA ' || quote_ident(n.nspname) || ' IS ' || d.text, ''), NULL, NULL
FROM ours n
LEFT JOIN comments d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid
WHERE n.nspname <> 'public' AND n.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_namespace'::regclass)
ORDER BY n.nspname`)
