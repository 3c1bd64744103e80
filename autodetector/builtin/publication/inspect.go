package publication

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the publications of a database. Servers before 15 publish whole
// tables only, one by one.
func definitions() []sdk.CatalogQuery {
	older, newer := sdk.DefinitionQuery("publications", definitionHead+wholeTables+definitionTail), sdk.DefinitionQuery("publications", definitionHead+members+definitionTail)
	older.MaxServer, newer.MinServer = 14, 15
	return []sdk.CatalogQuery{older, newer}
}

const definitionHead = `SELECT 'publication', '', o.name, NULL,
	concat_ws(E';\n', 'CREATE PUBLICATION ' || o.name || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE coalesce(' FOR ' || m.list, '') END
			|| ' WITH (publish = ' || quote_literal(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
				CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END))
			|| CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END
			|| CASE WHEN to_jsonb(p) ->> 'pubgencols' = 's' THEN ', publish_generated_columns = stored' ELSE '' END || ')',
		'COMMENT ON PUBLICATION ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_publication p
CROSS JOIN LATERAL (SELECT quote_ident(p.pubname) AS name) o
LEFT JOIN LATERAL (`

const wholeTables = `
	SELECT 'TABLE ' || string_agg(format('ONLY %I.%I', n.nspname, c.relname), ', ' ORDER BY n.nspname, c.relname) AS list
	FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid`

const members = `
	SELECT string_agg(m.text, ', ' ORDER BY m.text) AS list FROM (
		SELECT format('TABLE ONLY %I.%I', n.nspname, c.relname)
			|| coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
				WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::int2[])) || ')', '')
			|| coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '') AS text
		FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid
		UNION ALL SELECT 'TABLES IN SCHEMA ' || quote_ident(n.nspname)
		FROM pg_publication_namespace r JOIN pg_namespace n ON n.oid = r.pnnspid WHERE r.pnpubid = p.oid) m`

const definitionTail = `) m ON true
LEFT JOIN comments d ON d.classoid = 'pg_publication'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_publication'::regclass)
ORDER BY p.pubname`
