package constraint

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads the constraints of the tables of a database, but for those that
// another one brings with it: a parent's. Foreign keys come last, as tables can refer
// to each other; the index of a partition's key is attached to its parent's when that is
// there.
var definitions = sdk.DefinitionQuery("constraints", `SELECT 'constraint', n.nspname, o.tab || '.' || quote_ident(c.conname), 'table ' || o.tab,
	CASE WHEN c.contype <> 'f' THEN o.text END, NULL, CASE WHEN c.contype = 'f' THEN o.text ELSE p.text END
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN ours n ON n.oid = r.relnamespace
LEFT JOIN pg_class x ON x.oid = c.conindid AND c.contype IN ('p', 'u', 'x') LEFT JOIN pg_index i ON i.indexrelid = x.oid
LEFT JOIN LATERAL (
	SELECT format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', pn.nspname, p.relname, n.nspname, x.relname) AS text
	FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = x.oid) p ON true
LEFT JOIN comments d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, r.relname) AS tab) t
CROSS JOIN LATERAL (SELECT pg_get_constraintdef(c.oid) AS text,
	CASE WHEN c.condeferrable THEN ' DEFERRABLE' || CASE WHEN c.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END ELSE '' END AS late) def
CROSS JOIN LATERAL (SELECT t.tab, concat_ws(E';\n',
	format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE WHEN r.relkind = 'r' THEN 'ONLY ' END, t.tab, c.conname, CASE WHEN x.reloptions IS NULL OR c.contype = 'x' THEN def.text
		ELSE left(def.text, length(def.text) - length(def.late)) || ' WITH (' || array_to_string(x.reloptions, ', ') || ')' || def.late END),
	CASE WHEN x.reloptions IS NOT NULL AND c.contype = 'x' THEN format('ALTER INDEX %I.%I SET (%s)', n.nspname, x.relname, array_to_string(x.reloptions, ', ')) END,
	CASE WHEN i.indisclustered THEN format('ALTER TABLE %s CLUSTER ON %I', t.tab, x.relname) END,
	CASE WHEN i.indisreplident THEN format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I', t.tab, x.relname) END,
	'COMMENT ON CONSTRAINT ' || quote_ident(c.conname) || ' ON ' || t.tab || ' IS ' || d.text) AS text) o
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND (c.conislocal AND c.conparentid = 0 OR c.contype IN ('p', 'u', 'x') AND p.text IS NOT NULL)
AND r.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY c.oid`)
