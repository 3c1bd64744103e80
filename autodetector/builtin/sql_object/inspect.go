package sqlobject

import "github.com/whimbreldb/whimbrel/sdk"

// definitions reads what the model language has no other word for: with its DDL what
// whimbrel can write, and by its name what else there is.
func definitions() []sdk.CatalogQuery {
	return []sdk.CatalogQuery{
		sdk.DefinitionQuery("casts", casts), sdk.DefinitionQuery("collations", collations), sdk.DefinitionQuery("rules", rules),
		sdk.DefinitionQuery("operators", operators),
		sdk.DefinitionQuery("text search dictionaries", dictionaries), sdk.DefinitionQuery("text search configurations", configurations),
		sdk.DefinitionQuery("other objects", others),
	}
}

const casts = `SELECT 'cast', '', o.name, NULL, concat_ws(E';\n', 'CREATE CAST ' || o.name
		|| CASE c.castmethod WHEN 'f' THEN format(' WITH FUNCTION %I.%I(%s)', fn.nspname, f.proname, pg_get_function_identity_arguments(f.oid))
			WHEN 'i' THEN ' WITH INOUT' ELSE ' WITHOUT FUNCTION' END
		|| CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END,
		'COMMENT ON CAST ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_cast c LEFT JOIN pg_proc f ON f.oid = c.castfunc LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace
CROSS JOIN LATERAL (SELECT format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_cast'::regclass AND d.objoid = c.oid
WHERE c.oid >= 16384 AND c.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_cast'::regclass AND deptype IN ('e', 'i'))
ORDER BY c.oid`

// What is read as JSON has another name in each version of the server.
const collations = `SELECT 'collation', n.nspname, o.name, NULL, concat_ws(E';\n', 'CREATE COLLATION ' || o.name || ' ('
		|| concat_ws(', ', 'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
			CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
			CASE WHEN c.collprovider = 'c' AND c.collcollate IS DISTINCT FROM c.collctype
				THEN 'lc_collate = ' || quote_literal(c.collcollate) || ', lc_ctype = ' || quote_literal(c.collctype)
				ELSE 'locale = ' || quote_literal(coalesce(x.j ->> 'colllocale', x.j ->> 'colliculocale', c.collcollate)) END,
			'rules = ' || quote_literal(x.j ->> 'collicurules')) || ')',
		'COMMENT ON COLLATION ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_collation c JOIN ours n ON n.oid = c.collnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.collname) AS name) o
CROSS JOIN LATERAL (SELECT to_jsonb(c) AS j) x
LEFT JOIN comments d ON d.classoid = 'pg_collation'::regclass AND d.objoid = c.oid
WHERE c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_collation'::regclass)
ORDER BY c.oid`

const rules = `SELECT 'rule', n.nspname, format('%I.%I.%I', n.nspname, c.relname, r.rulename),
	CASE c.relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || o.tab,
	concat_ws(E';\n', rtrim(pg_get_ruledef(r.oid), ';'), 'ALTER TABLE ' || o.tab || CASE r.ev_enabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA'
			WHEN 'A' THEN ' ENABLE ALWAYS' END || ' RULE ' || quote_ident(r.rulename),
		'COMMENT ON RULE ' || quote_ident(r.rulename) || ' ON ' || o.tab || ' IS ' || d.text), NULL, NULL
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN ours n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) AS tab) o
LEFT JOIN comments d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid
WHERE r.rulename <> '_RETURN' AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
ORDER BY r.oid`

const operators = `SELECT 'operator', n.nspname, o.name, NULL, concat_ws(E';\n', 'CREATE OPERATOR ' || o.called || ' ('
		|| concat_ws(', ', format('FUNCTION = %I.%I', fn.nspname, f.proname), 'LEFTARG = ' || format_type(nullif(p.oprleft, 0), NULL),
			'RIGHTARG = ' || format_type(nullif(p.oprright, 0), NULL),
			'COMMUTATOR = ' || (SELECT format('OPERATOR(%I.%s)', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = p.oprcom),
			'NEGATOR = ' || (SELECT format('OPERATOR(%I.%s)', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = p.oprnegate),
			'RESTRICT = ' || nullif(p.oprrest::oid, 0)::regproc, 'JOIN = ' || nullif(p.oprjoin::oid, 0)::regproc,
			CASE WHEN p.oprcanhash THEN 'HASHES' END, CASE WHEN p.oprcanmerge THEN 'MERGES' END) || ')',
		'COMMENT ON OPERATOR ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_operator p JOIN ours n ON n.oid = p.oprnamespace JOIN pg_proc f ON f.oid = p.oprcode JOIN pg_namespace fn ON fn.oid = f.pronamespace
CROSS JOIN LATERAL (SELECT format('%I.%s', n.nspname, p.oprname) AS called, format('%I.%s (%s, %s)', n.nspname, p.oprname,
	coalesce(format_type(nullif(p.oprleft, 0), NULL), 'NONE'), coalesce(format_type(nullif(p.oprright, 0), NULL), 'NONE')) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_operator'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_operator'::regclass)
ORDER BY p.oid`

const dictionaries = `SELECT 'text search dictionary', n.nspname, o.name, NULL, concat_ws(E';\n', 'CREATE TEXT SEARCH DICTIONARY ' || o.name || ' (TEMPLATE = '
		|| format('%I.%I', tn.nspname, t.tmplname) || coalesce(', ' || p.dictinitoption, '') || ')', 'COMMENT ON TEXT SEARCH DICTIONARY ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_ts_dict p JOIN ours n ON n.oid = p.dictnamespace JOIN pg_ts_template t ON t.oid = p.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, p.dictname) AS name) o
LEFT JOIN comments d ON d.classoid = 'pg_ts_dict'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_dict'::regclass)
ORDER BY p.oid`

const configurations = `SELECT 'text search configuration', n.nspname, o.name, NULL, concat_ws(E';\n', 'CREATE TEXT SEARCH CONFIGURATION ' || o.name
		|| ' (PARSER = ' || format('%I.%I', pn.nspname, s.prsname) || ')', m.text, 'COMMENT ON TEXT SEARCH CONFIGURATION ' || o.name || ' IS ' || d.text), NULL, NULL
FROM pg_ts_config p JOIN ours n ON n.oid = p.cfgnamespace JOIN pg_ts_parser s ON s.oid = p.cfgparser JOIN pg_namespace pn ON pn.oid = s.prsnamespace
CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, p.cfgname) AS name) o
LEFT JOIN LATERAL (
	SELECT string_agg('ALTER TEXT SEARCH CONFIGURATION ' || o.name || ' ADD MAPPING FOR ' || k.alias || ' WITH ' || k.list, E';\n' ORDER BY k.alias) AS text FROM (
		SELECT t.alias, string_agg(format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno) AS list
		FROM pg_ts_config_map m JOIN ts_token_type(p.cfgparser) t ON t.tokid = m.maptokentype
		JOIN pg_ts_dict d ON d.oid = m.mapdict JOIN pg_namespace dn ON dn.oid = d.dictnamespace WHERE m.mapcfg = p.oid GROUP BY t.alias) k) m ON true
LEFT JOIN comments d ON d.classoid = 'pg_ts_config'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_config'::regclass)
ORDER BY p.oid`

const others = `SELECT o.kind, o.schema, o.name, NULL, NULL, NULL, NULL FROM (
	SELECT 'foreign table' AS kind, n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS name, 'pg_class'::regclass AS class, c.oid
		FROM pg_class c JOIN ours n ON n.oid = c.relnamespace WHERE c.relkind = 'f'
	UNION ALL SELECT 'base type', n.nspname, format('%I.%I', n.nspname, t.typname), 'pg_type'::regclass, t.oid
		FROM pg_type t JOIN ours n ON n.oid = t.typnamespace WHERE t.typtype = 'b' AND t.typelem = 0 AND t.typcategory <> 'A'
	UNION ALL SELECT 'shell type', n.nspname, format('%I.%I', n.nspname, t.typname), 'pg_type'::regclass, t.oid
		FROM pg_type t JOIN ours n ON n.oid = t.typnamespace WHERE NOT t.typisdefined
	UNION ALL SELECT 'operator class', n.nspname, format('%I.%I USING %I', n.nspname, o.opcname, m.amname), 'pg_opclass'::regclass, o.oid
		FROM pg_opclass o JOIN ours n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod
	UNION ALL SELECT 'operator family', n.nspname, format('%I.%I USING %I', n.nspname, o.opfname, m.amname), 'pg_opfamily'::regclass, o.oid
		FROM pg_opfamily o JOIN ours n ON n.oid = o.opfnamespace JOIN pg_am m ON m.oid = o.opfmethod
	UNION ALL SELECT 'conversion', n.nspname, format('%I.%I', n.nspname, c.conname), 'pg_conversion'::regclass, c.oid
		FROM pg_conversion c JOIN ours n ON n.oid = c.connamespace
	UNION ALL SELECT 'text search parser', n.nspname, format('%I.%I', n.nspname, c.prsname), 'pg_ts_parser'::regclass, c.oid
		FROM pg_ts_parser c JOIN ours n ON n.oid = c.prsnamespace
	UNION ALL SELECT 'text search template', n.nspname, format('%I.%I', n.nspname, c.tmplname), 'pg_ts_template'::regclass, c.oid
		FROM pg_ts_template c JOIN ours n ON n.oid = c.tmplnamespace
	UNION ALL SELECT 'foreign-data wrapper', '', quote_ident(f.fdwname), 'pg_foreign_data_wrapper'::regclass, f.oid FROM pg_foreign_data_wrapper f
	UNION ALL SELECT 'server', '', quote_ident(f.srvname), 'pg_foreign_server'::regclass, f.oid FROM pg_foreign_server f
	UNION ALL SELECT 'access method', '', quote_ident(m.amname), 'pg_am'::regclass, m.oid FROM pg_am m WHERE m.oid >= 16384
	UNION ALL SELECT 'language', '', quote_ident(l.lanname), 'pg_language'::regclass, l.oid FROM pg_language l WHERE l.oid >= 16384
) o WHERE NOT EXISTS (SELECT FROM ext WHERE ext.classid = o.class AND ext.objid = o.oid) ORDER BY o.kind, o.name`
