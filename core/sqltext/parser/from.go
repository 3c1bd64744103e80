package parser

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// from resolves the entries of a FROM. Each sees those before it if it is
// LATERAL or a function.
func (r *resolver) from(list []any, env environment) namespace {
	var all namespace
	for _, v := range list {
		all = all.beside(r.entry(v, env, all))
	}
	return all
}

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
		r.analysis.Missing = append(r.analysis.Missing, Missing{Begin: from, End: place.end, Schema: schema, Name: name})
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

// function resolves functions in FROM. Their columns are not known but for those
// that a list defines or an alias names.
func (r *resolver) function(n node, env environment) *source {
	s := &source{open: true}
	for _, v := range n.list("functions") {
		call, _ := is(v, "List")
		for i, item := range call.list("items") {
			r.walk(item, env)
			if class, f := unwrap(item); i == 0 && class == "FuncCall" && s.name == "" {
				_, s.name = qualified(names(f.list("funcname")))
			}
		}
	}
	if defined := n.list("coldeflist"); len(defined) > 0 {
		r.walk(defined, env)
		s.columns, s.open = r.defined(defined), false
	}
	return s.renamed(n.of("alias"))
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

// join resolves two entries that are joined.
func (r *resolver) join(n node, env environment, before namespace) namespace {
	left := r.entry(n["larg"], env, before)
	right := r.entry(n["rarg"], env, before.beside(left))
	shared := names(n.list("usingClause"))
	places := r.using(n, shared)
	if n.flag("isNatural") {
		shared = common(left, right)
	}
	joined := left.beside(right)
	if len(shared) > 0 {
		joined = r.merge(left, right, shared, places)
	}
	if alias := n.of("join_using_alias"); alias != nil {
		joined.sources = append(joined.sources, &source{name: alias.text("aliasname"), columns: joined.columns[:len(shared)]})
	}
	r.walk(n["quals"], env.within(before.beside(joined)))
	if alias := n.of("alias"); alias != nil {
		return only((&source{columns: joined.columns, open: joined.open}).renamed(alias))
	}
	return joined
}

// merge returns the namespace of a join whose columns of some names are one. The
// places of the names are empty in a natural join.
func (r *resolver) merge(left, right namespace, shared []string, places []span) namespace {
	joined := left.beside(right)
	joined.columns = nil
	for i, name := range shared {
		c, other := r.side(left, name, places, i), r.side(right, name, places, i)
		also := slices.Concat(c.also, other.also, objects(c.base, other.base))
		if c.named.IsZero() {
			c = other
		}
		c.also = also
		joined.columns = append(joined.columns, c)
		if len(places) > 0 {
			r.bears(c, places[i])
		} else {
			r.uses(c)
		}
	}
	for _, c := range slices.Concat(left.columns, right.columns) {
		if !slices.Contains(shared, c.name) {
			joined.columns = append(joined.columns, c)
		}
	}
	return joined
}

// side returns the column of one side of a join that has a name.
func (r *resolver) side(n namespace, name string, places []span, i int) column {
	matches := n.matches(name)
	if len(matches) > 0 {
		return matches[0]
	}
	if !n.open && i < len(places) {
		r.wrong(Wrong{Begin: places[i].begin, End: places[i].end, Name: name, Relation: n.single()})
	}
	return column{name: name}
}

func objects(all ...address.Address) []address.Address {
	return slices.DeleteFunc(all, address.Address.IsZero)
}

// common returns the names that columns of both have, in the order of the first.
func common(left, right namespace) []string {
	var all []string
	for _, c := range left.columns {
		if len(right.matches(c.name)) > 0 {
			all = append(all, c.name)
		}
	}
	return all
}

// using returns the places of the names in a USING. The tree has none for them:
// the first list behind the right side that has these names is it, unless it
// belongs to a join in there, which has been resolved before.
func (r *resolver) using(n node, shared []string) []span {
	if len(shared) == 0 {
		return nil
	}
	for i := r.tokens.from(last(n["rarg"])); i < len(r.tokens); i++ {
		if !r.tokens.is(i, "using") || !r.tokens.is(i+1, "(") || r.taken[i] {
			continue
		}
		if places, ok := r.tokens.listed(i+2, shared); ok {
			r.taken[i] = true
			return places
		}
	}
	return nil
}

// last returns the greatest offset in a tree.
func last(v any) int {
	at := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			at = max(at, last(item))
		}
	case map[string]any:
		at = node(v).at()
		for _, item := range v {
			at = max(at, last(item))
		}
	}
	return at
}
