package pgtype

import "strings"

// DefaultClass returns the operator class that an index method of PostgreSQL has
// for a type where none is named, or false if it has none. The type is given as
// Parse reads it, dimensions included; "enum" stands for any enum, and a domain
// for nothing: it has the class of the type under it. An array has its class
// whatever its elements are, but PostgreSQL compares them by their own. Of types
// that are not PostgreSQL's own nothing is known, and extensions bring classes
// for those that are.
func DefaultClass(method, name string) (class string, ok bool) {
	n, err := Parse(name)
	if err != nil {
		return "", false
	}
	indexed := n.indexed()
	if class, ok = classes[method][indexed]; !ok {
		class, ok = classes[method][standIns[indexed]]
	}
	return class, ok
}

// indexed returns the type as in pg_opclass.opcintype, by its name in the catalog.
func (n Name) indexed() string {
	name := n.own.catalog
	switch base := n.Base(); {
	case n.dimensions > 0:
		return "anyarray"
	case base == "enum":
		return "anyenum"
	case strings.HasSuffix(name, "multirange"):
		return "anymultirange"
	case strings.HasSuffix(name, "range"):
		return "anyrange"
	case base == "char":
		return "bpchar"
	case base == "bit":
		return "bit"
	}
	return name
}

// classes holds the default classes by method: name of the type in the catalog,
// and class where that is not the name with the method's ending. It is the answer
// to
//
//	SELECT amname, typname, opcname FROM pg_opclass
//	JOIN pg_am a ON a.oid = opcmethod JOIN pg_type t ON t.oid = opcintype WHERE opcdefault
var classes = map[string]map[string]string{
	"btree": newClasses("_ops", `
		anyarray=array_ops anyenum=enum_ops anymultirange=multirange_ops anyrange=range_ops bit bool bpchar bytea char
		date float4 float8 inet int2 int4 int8 interval jsonb macaddr macaddr8 money name numeric oid oidvector pg_lsn
		text tid time timestamp timestamptz timetz tsquery tsvector uuid varbit xid8`),
	"hash": newClasses("_ops", `
		aclitem anyarray=array_ops anyenum=enum_ops anymultirange=multirange_ops anyrange=range_ops bool bpchar bytea
		char cid date float4 float8 inet int2 int4 int8 interval jsonb macaddr macaddr8 name numeric oid oidvector
		pg_lsn text tid time timestamp timestamptz timetz uuid xid xid8`),
	"gin": newClasses("_ops", `
		anyarray=array_ops jsonb tsvector`),
	"gist": newClasses("_ops", `
		anymultirange=multirange_ops anyrange=range_ops box circle point polygon=poly_ops tsquery tsvector`),
	"spgist": newClasses("_ops", `
		anyrange=range_ops box inet point=quad_point_ops polygon=poly_ops text`),
	"brin": newClasses("_minmax_ops", `
		anyrange=range_inclusion_ops bit box=box_inclusion_ops bpchar bytea char date float4 float8
		inet=inet_inclusion_ops int2 int4 int8 interval macaddr macaddr8 name numeric oid pg_lsn text tid time timestamp
		timestamptz timetz uuid varbit`),
}

// standIns holds the types that are indexed as another one, if not as themselves:
// they have an implicit cast to it and are stored in the same form.
var standIns = map[string]string{
	"cidr": "inet", "int2vector": "anyarray", "oidvector": "anyarray", "pg_node_tree": "text", "regclass": "oid",
	"regcollation": "oid", "regconfig": "oid", "regdictionary": "oid", "regnamespace": "oid", "regoper": "oid",
	"regoperator": "oid", "regproc": "oid", "regprocedure": "oid", "regrole": "oid", "regtype": "oid", "varchar": "text",
}

func newClasses(ending, text string) map[string]string {
	classes := map[string]string{}
	for _, entry := range strings.Fields(text) {
		name, class, named := strings.Cut(entry, "=")
		if !named {
			class = name + ending
		}
		classes[name] = class
	}
	return classes
}
