-- This begins every query: ours are the schemas that a user made or uses, ext the objects that belong to an extension.
WITH ours AS (
	SELECT oid, nspname FROM pg_catalog.pg_namespace
	WHERE nspname <> 'whimbrel' AND nspname <> 'information_schema' AND nspname !~ '^pg_'
), ext AS (
	SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), comments AS (
	SELECT classoid, objoid, objsubid, pg_catalog.quote_literal(description) AS text FROM pg_catalog.pg_description
)
