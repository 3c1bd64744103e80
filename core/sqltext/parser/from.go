package parser

import "slices"

// from resolves the entries of a FROM. Each sees those before it if it is
// LATERAL or a function.
func (r *resolver) from(list []any, env environment) namespace {
	var all namespace
	for _, v := range list {
		if next := r.entry(v, env, all); len(all.sources) < mostSources {
			all = all.beside(next)
		} else {
			all.open = true
		}
	}
	return all
}

// mostSources is how many entries of a FROM are looked at. Each has to be copied
// for the next one, which takes long for thousands; no server plans so many.
const mostSources = 1000

// entry resolves an entry of FROM. What stands left of it is before.
func (r *resolver) entry(v any, env environment, before namespace) namespace {
	class, n := unwrap(v)
	lateral := env.within(before)
	switch class {
	case "RangeVar":
		return only(r.table(n, env).renamed(n.of("alias")))
	case "RangeSubselect":
		if n.flag("lateral") {
			env = lateral
		}
		class, query := unwrap(n["subquery"])
		return only(r.query(class, query, env).source("").renamed(n.of("alias")))
	case "RangeFunction":
		return only(r.function(n, lateral))
	case "RangeTableSample":
		r.walk(n["args"], lateral)
		r.walk(n["repeatable"], lateral)
		return r.entry(n["relation"], env, before)
	case "RangeTableFunc", "JsonTable":
		r.fields(n, lateral)
		return only(unnamed(n).renamed(n.of("alias")))
	case "JoinExpr":
		return r.join(n, env, before)
	}
	return only(&source{open: true})
}

// table resolves the name of a relation in FROM, which may be that of a CTE.
func (r *resolver) table(n node, env environment) *source {
	name := n.text("relname")
	if n.text("schemaname") == "" {
		if cte := env.ctes.find(name); cte != nil {
			return &source{name: name, columns: cte.columns, open: cte.open}
		}
	}
	return r.relation(n)
}

// relation resolves the name of a relation and returns it as a source.
func (r *resolver) relation(n node) *source {
	schema, name := n.text("schemaname"), n.text("relname")
	s := &source{name: name, schema: schema, open: true}
	place, from, located := r.place(n.at(), n.text("catalogname"), schema, name)
	found, ok := r.catalog.Relation(schema, name)
	switch {
	case ok:
		s.named, s.relation, s.columns = found.Object, found.Object, columnsOf(found.Columns)
		s.open = found.Open || found.Object.IsZero() && len(found.Columns) == 0
		if located {
			r.addFrom(RelationName, found.Object, place, from, true)
		}
	case r.sequence(schema, name, place, from, located, s):
	case located && name != "" && !(schema == "" && r.made[name]):
		r.analysis.Missing = append(r.analysis.Missing, Absence{Begin: from, End: place.end, Schema: schema, Name: name})
	}
	return s
}

// sequence resolves a name that is that of a sequence, which can be read like a
// relation.
func (r *resolver) sequence(schema, name string, place span, from int, located bool, s *source) bool {
	object, ok := r.catalog.Sequence(schema, name)
	if ok && located {
		r.addFrom(SequenceName, object, place, from, true)
		s.named, s.relation = object, object
	}
	return ok
}

// place returns where the name of an object stands that begins at an offset,
// and where the names before it begin. Empty names are not there.
func (r *resolver) place(at int, parts ...string) (place span, from int, ok bool) {
	parts = slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return part == "" })
	i, _ := r.tokens.at(at)
	places, _, ok := r.tokens.path(i, parts)
	if !ok {
		return span{}, 0, false
	}
	return places[len(places)-1], places[0].begin, true
}

// defined returns the columns of a list of definitions, as in AS t(a int).
func (r *resolver) defined(list []any) []column {
	var all []column
	for _, v := range list {
		if n, ok := is(v, "ColumnDef"); ok {
			all = append(all, column{name: n.text("colname"), typ: typeText(n.of("typeName"))})
		}
	}
	return all
}

// unnamed returns the columns of XMLTABLE and JSON_TABLE.
func unnamed(n node) *source {
	s := &source{}
	for _, v := range n.list("columns") {
		switch class, c := unwrap(v); {
		case class == "RangeTableFuncCol":
			s.columns = append(s.columns, column{name: c.text("colname"), typ: typeText(c.of("typeName"))})
		case c.text("coltype") == "JTC_NESTED":
			s.columns = append(s.columns, unnamed(c).columns...)
		default:
			s.columns = append(s.columns, column{name: c.text("name"), typ: typeText(c.of("typeName"))})
		}
	}
	return s
}
