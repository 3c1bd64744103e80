package postgres

// owned begins every query: ours are the schemas that a user made or uses, ext
// the objects that belong to an extension. Names are built with format, so that
// each can be read back.
const owned = `
WITH ours AS (
	SELECT oid, nspname FROM pg_catalog.pg_namespace
	WHERE nspname <> 'whimbrel' AND nspname <> 'information_schema' AND nspname !~ '^pg_'
), ext AS (
	SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), comments AS (
	SELECT classoid, objoid, objsubid, pg_catalog.quote_literal(description) AS text FROM pg_catalog.pg_description
)
`

// catalog returns the queries of a snapshot.
func catalog() []catalogQuery {
	return []catalogQuery{
		{"schema", `
SELECT pg_catalog.quote_ident(n.nspname), d.text AS comment
FROM ours n
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objoid = n.oid
WHERE n.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)`},

		{"extension", `
SELECT pg_catalog.quote_ident(e.extname), pg_catalog.quote_ident(n.nspname) AS schema, e.extversion AS version, d.text AS comment
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid`},

		{"relation", `
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
	CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
		WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' END AS kind,
	nullif(c.relpersistence::text, 'p') AS persistence,
	CASE WHEN c.relrowsecurity THEN 'on' END AS row_security,
	CASE WHEN c.relforcerowsecurity THEN 'on' END AS force_row_security,
	CASE WHEN c.relkind IN ('r', 'p') THEN nullif(c.relreplident::text, 'd') END AS replica_identity,
	(SELECT pg_catalog.string_agg(o, ', ' ORDER BY o) FROM pg_catalog.unnest(c.reloptions) o) AS options,
	CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
	pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition,
	(SELECT pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::text, ', ' ORDER BY i.inhseqno)
		FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) AS inherits,
	CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
	d.text AS comment
FROM pg_catalog.pg_class c JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)`},

		{"column", `
SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname),
	pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
	CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::pg_catalog.regcollation::text END AS collation,
	CASE WHEN a.attnotnull THEN 'true' END AS not_null,
	CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(f.adbin, f.adrelid) END AS default,
	CASE WHEN a.attgenerated <> '' THEN a.attgenerated::text || ' ' || pg_catalog.pg_get_expr(f.adbin, f.adrelid) END AS generated,
	CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
	CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
	d.text AS comment
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)`},

		{"constraint", `
SELECT pg_catalog.format('%I.%I.%I', n.nspname, coalesce(r.relname, t.typname), c.conname),
	pg_catalog.pg_get_constraintdef(c.oid) AS definition,
	CASE WHEN NOT c.convalidated THEN 'true' END AS not_valid,
	d.text AS comment
FROM pg_catalog.pg_constraint c JOIN ours n ON n.oid = c.connamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = c.contypid
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objoid = c.oid
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')
AND c.conrelid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
AND c.contypid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)`},

		{"index", `
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.pg_get_indexdef(c.oid) AS definition,
	CASE WHEN NOT i.indisvalid THEN 'true' END AS invalid,
	CASE WHEN i.indisreplident THEN 'true' END AS replica_identity,
	CASE WHEN i.indisclustered THEN 'true' END AS clustered,
	d.text AS comment
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE i.indrelid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)`},

		{"sequence", `
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.format_type(s.seqtypid, NULL) AS type,
	pg_catalog.format('%s increment %s min %s max %s cache %s%s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
		CASE WHEN s.seqcycle THEN ' cycle' END) AS start,
	(SELECT CASE o.deptype WHEN 'i' THEN 'identity ' ELSE '' END || o.refobjid::pg_catalog.regclass::text || '.' ||
			pg_catalog.quote_ident(a.attname)
		FROM pg_catalog.pg_depend o JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
		WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i')) AS owner,
	d.text AS comment
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)`},

		{"type", `
SELECT pg_catalog.format('%I.%I', n.nspname, t.typname),
	CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'b' THEN 'base' END AS kind,
	(SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
		FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) AS labels,
	CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS base,
	CASE WHEN t.typnotnull THEN 'true' END AS not_null,
	CASE WHEN t.typtype = 'd' THEN t.typdefault END AS default,
	CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN t.typcollation::pg_catalog.regcollation::text END AS collation,
	(SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid) AS subtype,
	d.text AS comment
FROM pg_catalog.pg_type t JOIN ours n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objoid = t.oid
WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typelem = 0 AND t.typcategory <> 'A')
AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)`},

		{"function", `
SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
	CASE WHEN p.prokind = 'a' THEN pg_catalog.format('aggregate %s %s', g.aggtransfn, pg_catalog.format_type(g.aggtranstype, NULL))
		ELSE pg_catalog.pg_get_functiondef(p.oid) END AS definition,
	d.text AS comment
FROM pg_catalog.pg_proc p JOIN ours n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
	AND i.objid = p.oid AND i.deptype = 'i')`},

		{"trigger", `
SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.tgname), pg_catalog.pg_get_triggerdef(t.oid) AS definition,
	nullif(t.tgenabled::text, 'O') AS enabled, d.text AS comment
FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objoid = t.oid
WHERE NOT t.tgisinternal`},

		{"rule", `
SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, r.rulename), pg_catalog.pg_get_ruledef(r.oid) AS definition,
	nullif(r.ev_enabled::text, 'O') AS enabled, d.text AS comment
FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objoid = r.oid
WHERE r.rulename <> '_RETURN'
AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)`},

		{"policy", `
SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, p.polname), p.polcmd::text AS command,
	CASE WHEN NOT p.polpermissive THEN 'true' END AS restrictive,
	(SELECT pg_catalog.string_agg(CASE role WHEN 0 THEN 'public' ELSE role::pg_catalog.regrole::text END, ', ' ORDER BY role::pg_catalog.regrole::text)
		FROM pg_catalog.unnest(p.polroles) role) AS roles,
	pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
	pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check,
	d.text AS comment
FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN ours n ON n.oid = c.relnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objoid = p.oid`},

		{"statistics", `
SELECT pg_catalog.format('%I.%I', n.nspname, s.stxname), pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition, d.text AS comment
FROM pg_catalog.pg_statistic_ext s JOIN ours n ON n.oid = s.stxnamespace
LEFT JOIN comments d ON d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND d.objoid = s.oid`},

		{"collation", `
SELECT pg_catalog.format('%I.%I', n.nspname, c.collname), c.collprovider::text AS provider, c.collcollate AS collate,
	CASE WHEN NOT c.collisdeterministic THEN 'true' END AS nondeterministic
FROM pg_catalog.pg_collation c JOIN ours n ON n.oid = c.collnamespace
WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_collation'::pg_catalog.regclass)`},

		{"event trigger", `
SELECT pg_catalog.quote_ident(e.evtname), e.evtevent::text AS event, e.evtfoid::pg_catalog.regprocedure::text AS function,
	pg_catalog.array_to_string(e.evttags, ', ') AS tags, nullif(e.evtenabled::text, 'O') AS enabled
FROM pg_catalog.pg_event_trigger e
WHERE e.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass)`},

		{"grant", grants},
	}
}

// grants reads the privileges of others than the owner.
const grants = `
, objects AS (
	SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
		CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS kind, c.relowner AS owner, c.relacl AS acl
	FROM pg_catalog.pg_class c JOIN ours n ON n.oid = c.relnamespace
	WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
	UNION ALL
	SELECT pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), 'f', p.proowner, p.proacl
	FROM pg_catalog.pg_proc p JOIN ours n ON n.oid = p.pronamespace
	WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
	UNION ALL
	SELECT pg_catalog.format('%I', n.nspname), 'n', p.nspowner, p.nspacl
	FROM ours n JOIN pg_catalog.pg_namespace p ON p.oid = n.oid WHERE n.nspname <> 'public'
)
SELECT pg_catalog.format('%s to %s', name, CASE g.grantee WHEN 0 THEN 'public' ELSE g.grantee::pg_catalog.regrole::text END),
	pg_catalog.string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END, ', '
		ORDER BY g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END) AS privileges
FROM objects, pg_catalog.aclexplode(coalesce(acl, pg_catalog.acldefault(kind, owner))) g
WHERE g.grantee <> owner
GROUP BY name, kind, g.grantee`
