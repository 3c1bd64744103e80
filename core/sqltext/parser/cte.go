package parser

// with resolves a WITH and returns the environment in which its names are known.
func (r *resolver) with(n node, env environment) environment {
	if n == nil {
		return env
	}
	known := &ctes{byName: map[string]*source{}, outer: env.ctes}
	inner := environment{scope: env.scope, ctes: known}
	recursive := n.flag("recursive")
	if recursive { // they know each other before they are resolved
		for _, v := range n.list("ctes") {
			cte, _ := is(v, "CommonTableExpr")
			known.byName[cte.text("ctename")] = &source{open: true}
		}
	}
	for _, v := range n.list("ctes") {
		if cte, ok := is(v, "CommonTableExpr"); ok {
			r.cte(cte, inner, recursive)
		}
	}
	return inner
}

// cte resolves one query of a WITH.
func (r *resolver) cte(n node, env environment, recursive bool) {
	name := n.text("ctename")
	s := &source{}
	fill := func(out output) {
		*s = *out.source(name).renamed(node{"aliasname": name, "colnames": n["aliascolnames"]})
	}
	var first func(output)
	if recursive {
		s = env.ctes.byName[name]
		first = fill
	}
	class, query := unwrap(n["ctequery"])
	if class == "SelectStmt" {
		fill(r.selection(query, env, first))
	} else {
		fill(r.query(class, query, env))
	}
	env.ctes.byName[name] = s
	r.search(n.of("search_clause"), "search_col_list", "by", s, "search_seq_column")
	r.search(n.of("cycle_clause"), "cycle_col_list", "cycle", s, "cycle_mark_column", "cycle_path_column")
}

// search resolves a SEARCH or CYCLE, whose columns stand behind a word, and adds
// the columns that it makes.
func (r *resolver) search(n node, field, word string, s *source, makes ...string) {
	if n == nil {
		return
	}
	columns := names(n.list(field))
	for i, _ := r.tokens.at(n.at()); i < len(r.tokens); i++ {
		places, ok := r.tokens.listed(i+1, columns)
		if !ok || !r.tokens.is(i, word) {
			continue
		}
		for k, name := range columns {
			r.member(s, name, places[k])
		}
		break
	}
	for _, made := range makes {
		s.columns = append(s.columns, column{name: n.text(made)})
	}
}
