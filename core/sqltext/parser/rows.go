package parser

// function resolves functions in FROM. Their columns are those of the relation whose
// rows they give, or those that a list defines or an alias names.
func (r *resolver) function(n node, env environment) *source {
	s := &source{}
	for _, v := range n.list("functions") {
		call, _ := is(v, "List")
		for i, item := range call.list("items") {
			r.walk(item, env)
			if i == 0 {
				r.beside(s, item, env)
			}
		}
	}
	if defined := n.list("coldeflist"); len(defined) > 0 {
		r.walk(defined, env)
		s.columns, s.open = r.defined(defined), false
	}
	if n.flag("ordinality") && !s.open {
		s.columns = append(s.columns, column{name: "ordinality", typ: "bigint"})
	}
	return s.renamed(n.of("alias"))
}

// beside adds the columns of a function to those of the functions before it. Behind one
// whose columns are not known nobody knows which columns are whose.
func (r *resolver) beside(s *source, v any, env environment) {
	class, call := unwrap(v)
	if class == "FuncCall" && s.name == "" {
		schema, name := qualified(names(call.list("funcname")))
		found, _ := r.catalog.Function(schema, name, r.passed(call, env))
		s.name, s.named, s.called = name, found.Object, true
	}
	row, ok := r.rowOf(v, env)
	if !ok || s.open {
		s.open = true
		return
	}
	for _, c := range row.columns {
		c.kept = true
		s.columns = append(s.columns, c)
	}
	s.relation, s.open = row.relation, row.open
}

// rowOf returns the row that the call of a function gives.
func (r *resolver) rowOf(v any, env environment) (*source, bool) {
	call, ok := is(v, "FuncCall")
	if !ok {
		return nil, false
	}
	schema, name := qualified(names(call.list("funcname")))
	found, _ := r.catalog.Function(schema, name, r.passed(call, env))
	if found.Row.Object.IsZero() {
		return nil, false
	}
	r.analysis.Rows = append(r.analysis.Rows, found.Row.Object)
	return &source{relation: found.Row.Object, columns: columnsOf(found.Row.Columns), open: found.Row.Open}, true
}

// behind returns the token behind the name or the call that an indirection begins with.
func (r *resolver) behind(v any) (int, bool) {
	class, n := unwrap(v)
	field := map[string]string{"ColumnRef": "fields", "FuncCall": "funcname"}[class]
	parts := names(n.list(field))
	i, found := r.tokens.at(n.at())
	if !found || len(parts) == 0 || parts[len(parts)-1] == star {
		return 0, false
	}
	_, next, ok := r.tokens.path(i, parts)
	if class != "FuncCall" || !ok {
		return next, ok
	}
	return r.tokens.behind(next), r.tokens.is(next, "(")
}

// bearsSource takes in the name of an entry of FROM before a column, or for its row.
func (r *resolver) bearsSource(s *source, place span, from int, qualifiable bool) {
	if !s.called {
		r.addFrom(RelationName, s.named, place, from, qualifiable)
		return
	}
	r.addFrom(FunctionName, s.named, place, from, qualifiable)
	if !s.named.IsZero() {
		r.analysis.Kept = append(r.analysis.Kept, s.named)
	}
}
