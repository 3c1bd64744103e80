package parser

// changed resolves the relation that a statement changes.
func (r *resolver) changed(n node) *source {
	return r.relation(n).renamed(n.of("alias"))
}

// insert resolves an INSERT.
func (r *resolver) insert(n node, env environment) output {
	env = r.with(n.of("withClause"), env)
	target := r.relation(n.of("relation"))
	r.assigned(n.list("cols"), target)
	if class, query := unwrap(n["selectStmt"]); class != "" {
		r.query(class, query, env)
	}
	visible := target.renamed(n.of("relation").of("alias"))
	r.conflict(n.of("onConflictClause"), target, visible, env)
	return r.returning(n, only(visible), visible, env)
}

// conflict resolves ON CONFLICT. The row that was not inserted is "excluded".
func (r *resolver) conflict(n node, target, visible *source, env environment) {
	if n == nil {
		return
	}
	inner := env.within(only(visible))
	if infer := n.of("infer"); infer != nil {
		r.elements(infer.list("indexElems"), r.tokens.next(r.tokens.from(infer.at()), "("), target, inner)
		r.walk(infer["whereClause"], inner)
	}
	excluded := &source{name: "excluded", relation: target.relation, columns: target.columns, open: target.open, hidden: true}
	inner.scope.sources = append(inner.scope.sources, excluded)
	r.assignments(n.list("targetList"), target, inner)
	r.walk(n["whereClause"], inner)
}

// update resolves an UPDATE.
func (r *resolver) update(n node, env environment) output {
	env = r.with(n.of("withClause"), env)
	target := r.changed(n.of("relation"))
	visible := only(target)
	visible = visible.beside(r.from(n.list("fromClause"), env))
	inner := env.within(visible)
	r.assignments(n.list("targetList"), target, inner)
	r.walk(n["whereClause"], inner)
	return r.returning(n, visible, target, env)
}

// deletion resolves a DELETE.
func (r *resolver) deletion(n node, env environment) output {
	env = r.with(n.of("withClause"), env)
	target := r.changed(n.of("relation"))
	visible := only(target).beside(r.from(n.list("usingClause"), env))
	r.walk(n["whereClause"], env.within(visible))
	return r.returning(n, visible, target, env)
}

// mergeInto resolves a MERGE.
func (r *resolver) mergeInto(n node, env environment) output {
	env = r.with(n.of("withClause"), env)
	target := r.changed(n.of("relation"))
	source := r.entry(n["sourceRelation"], env, namespace{})
	visible := only(target).beside(source)
	inner := env.within(visible)
	r.walk(n["joinCondition"], inner)
	for _, v := range n.list("mergeWhenClauses") {
		when, _ := is(v, "MergeWhenClause")
		r.walk(when["condition"], inner)
		r.assignments(when.list("targetList"), target, inner)
		r.walk(when["values"], inner)
	}
	visible = source.beside(only(target)) // as RETURNING * has it
	return r.returning(n, visible, target, env)
}

// returning resolves a RETURNING, which knows the row before and after, too.
func (r *resolver) returning(n node, visible namespace, target *source, env environment) output {
	inner := env.within(visible)
	for _, name := range []string{"old", "new"} {
		if inner.scope.find("", name) == nil {
			row := &source{name: name, relation: target.relation, columns: target.columns, open: target.open, hidden: true}
			inner.scope.sources = append(inner.scope.sources[:len(inner.scope.sources):len(inner.scope.sources)], row)
		}
	}
	return r.targets(n.list("returningList"), inner)
}

// assigned resolves the list of columns of an INSERT.
func (r *resolver) assigned(list []any, target *source) {
	for _, v := range list {
		if n, ok := is(v, "ResTarget"); ok {
			r.assignee(n, target)
		}
	}
}

// assignments resolves a list of columns and what they are set to.
func (r *resolver) assignments(list []any, target *source, env environment) {
	for _, v := range list {
		n, ok := is(v, "ResTarget")
		if !ok {
			continue
		}
		r.assignee(n, target)
		r.walk(n["indirection"], env)
		if several, ok := is(n["val"], "MultiAssignRef"); !ok {
			r.walk(n["val"], env)
		} else if several.number("colno") == 1 { // the others have the same source
			r.walk(several["source"], env)
		}
	}
}

// assignee resolves a column that is assigned to.
func (r *resolver) assignee(n node, target *source) {
	place, _, ok := r.place(n.at(), n.text("name"))
	if !ok {
		return
	}
	c, found := target.column(n.text("name"))
	if found {
		r.bears(c, place)
	} else if !target.open {
		r.wrong(Wrong{Begin: place.begin, End: place.end, Name: n.text("name"), Relation: target.relation})
	}
	i := r.tokens.from(place.end)
	fields, ok := r.composite(c)
	for _, v := range n.list("indirection") {
		field, named := is(v, "String")
		place, next, located := r.step(i, field.text("sval"))
		if !ok || !named || !located {
			return
		}
		if c, found = fields.column(field.text("sval")); found {
			r.bears(c, place)
		}
		fields, ok = r.composite(c)
		i = next
	}
}

// elements resolves the columns and expressions of an index, of ON CONFLICT or of
// statistics. The tree has no places for columns: they stand behind a token, with
// commas between them. It returns the index behind the last one.
func (r *resolver) elements(list []any, i int, of *source, env environment) int {
	for _, v := range list {
		_, n := unwrap(v)
		i++
		if name := n.text("name"); name != "" {
			if place, _, ok := r.tokens.name(i, name); ok {
				r.member(of, name, place)
			}
		}
		r.walk(n["expr"], env)
		for i < len(r.tokens) && !r.tokens.is(i, ",") && !r.tokens.is(i, ")") && !r.tokens.is(i, "from") {
			if r.tokens.is(i, "(") || r.tokens.is(i, "[") {
				i = r.tokens.behind(i)
			} else {
				i++
			}
		}
	}
	return i
}
