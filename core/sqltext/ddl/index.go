package ddl

import "slices"

// A CreateIndex is CREATE INDEX.
type CreateIndex struct {
	Name             string // empty where none is written
	Table            Name
	Place            Span // of the name, or of the table's
	Method           string
	Keys             []Key
	Include          []string
	Where            *Expr
	Unique           bool
	NullsNotDistinct bool
	Only             bool
	Options          []Option
	Tablespace       string
}

// A Key is a key of an index, or of an exclusion constraint.
type Key struct {
	Column    string
	Expr      *Expr // where Column is empty
	Collation Name
	Class     Name
	Options   []Option // of the operator class
	Desc      bool
	Nulls     string // first or last, where it is written
	Operator  string
}

func (r *reader) createIndex(n node) Definition {
	relation := n.of("relation")
	x := CreateIndex{
		Name: n.text("idxname"), Table: rangeVar(relation), Place: r.relationPlace(relation), Method: n.text("accessMethod"), Unique: n.flag("unique"),
		NullsNotDistinct: n.flag("nulls_not_distinct"), Only: !relation.flag("inh"), Options: r.options(n.list("options")), Tablespace: n.text("tableSpace"),
	}
	i := r.find(r.index(relation.number("location")), "(")
	end := r.behind(i)
	x.Keys = r.keys(n.list("indexParams"), i+1)
	for _, k := range r.keys(n.list("indexIncludingParams"), len(r.tokens)) {
		x.Include = append(x.Include, k.Column)
	}
	if n["whereClause"] != nil {
		x.Where = r.expr(n["whereClause"], r.find(end, "where")+1, len(r.tokens))
	}
	return x
}

// keys reads keys with commas between them.
func (r *reader) keys(list []any, begin int) []Key {
	var all []Key
	for _, v := range list {
		_, n := open(v)
		all = append(all, r.key(n, begin))
		begin = r.until(begin, ",") + 1
	}
	return all
}

func (r *reader) key(n node, begin int) Key {
	k := Key{Column: n.text("name"), Collation: nameOf(n.strings("collation")), Class: nameOf(n.strings("opclass")), Options: r.options(n.list("opclassopts"))}
	k.Desc = n.text("ordering") == "SORTBY_DESC"
	k.Nulls = map[string]string{"SORTBY_NULLS_FIRST": "first", "SORTBY_NULLS_LAST": "last"}[n.text("nulls_ordering")]
	switch {
	case n["expr"] == nil:
	case r.is(begin, "("):
		k.Expr = r.inBrackets(n["expr"], begin)
	default:
		k.Expr = r.expr(n["expr"], begin, r.behind(r.find(begin, "(")))
	}
	return k
}

// Plain reports whether keys are columns only.
func Plain(keys []Key) bool {
	return !slices.ContainsFunc(keys, func(k Key) bool { return k.Column == "" })
}
