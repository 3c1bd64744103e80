package sdk

// Defined says how the objects of a plugin look in a database: each query is one
// SELECT with the columns of a detect.Definition. See DefinitionQuery.
func Defined(queries ...CatalogQuery) Part {
	return func(d *definition) { d.definitions = append(d.definitions, queries...) }
}

// Defining is Defined for a detector that is made with New.
func Defining(queries ...CatalogQuery) Ability {
	return func(d *detector) { d.definitions = append(d.definitions, queries...) }
}

// Definitions is that of detect.Definer.
func (d *detector) Definitions() []CatalogQuery { return d.definitions }

// DefinitionQuery returns a query of definitions. The SELECT can use three tables:
// ours (oid, nspname), the schemas that are looked at; ext (classid, objid), what
// belongs to an extension; and comments (classoid, objoid, objsubid, text), the
// comments as literals.
func DefinitionQuery(name, sql string) CatalogQuery {
	return CatalogQuery{Name: name, SQL: definitionTables + sql}
}

const definitionTables = `WITH ours AS (
	SELECT oid, nspname FROM pg_namespace
	WHERE nspname <> 'whimbrel' AND nspname <> 'information_schema' AND nspname !~ '^pg_'
), ext AS (
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), comments AS (
	SELECT classoid, objoid, objsubid, quote_literal(description) AS text FROM pg_description
)
`
