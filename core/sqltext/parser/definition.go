package parser

// definition resolves a statement that is no query, and all else.
func (r *resolver) definition(class string, n node, env environment) {
	switch class {
	case "CreateStmt":
		r.createTable(n, env)
	case "ViewStmt":
		r.makes(n.of("view"))
		query, fields := unwrap(n["query"])
		r.query(query, fields, env)
	case "CreateTableAsStmt":
		query, fields := unwrap(n["query"])
		r.query(query, fields, env)
		r.makes(n.of("into").of("rel"))
	case "CreateSeqStmt":
		r.makes(n.of("sequence"))
		r.walk(n["options"], env)
	case "CompositeTypeStmt":
		r.makes(n.of("typevar"))
		r.walk(n["coldeflist"], env)
	case "IndexStmt":
		s := r.relation(n.of("relation"))
		inner := env.within(only(s))
		i := r.tokens.next(r.tokens.from(n.of("relation").at()), "(")
		i = r.elements(n.list("indexParams"), i, s, inner)
		r.elements(n.list("indexIncludingParams"), r.tokens.next(i, "("), s, inner)
		r.walk(n["whereClause"], inner)
	case "CreateStatsStmt":
		all := r.from(n.list("relations"), env)
		if len(all.sources) == 1 {
			r.elements(n.list("exprs"), r.tokens.next(0, "on"), all.sources[0], env.within(all))
		}
	case "Constraint":
		r.constraint(n, env)
	case "AlterTableStmt":
		r.alterTable(n, env)
	case "DropStmt", "CommentStmt", "RenameStmt", "AlterObjectSchemaStmt", "AlterOwnerStmt", "SecLabelStmt":
		r.objects(class, n, env)
	case "GrantStmt":
		r.granted(n, env)
	case "CreateCastStmt", "CreateOpClassStmt":
		r.callees(n, env)
	case "DefineStmt":
		r.operator(n, env)
	case "CreatePolicyStmt", "AlterPolicyStmt":
		inner := env.within(only(r.relation(n.of("table"))))
		r.walk(n["qual"], inner)
		r.walk(n["with_check"], inner)
	case "CreateTrigStmt":
		r.createTrigger(n, env)
	case "RuleStmt":
		s := r.relation(n.of("relation"))
		inner := env.within(rows(s))
		r.walk(n["whereClause"], inner)
		r.walk(n["actions"], inner)
	case "PartitionCmd":
		r.relation(n.of("name"))
		r.walk(n["bound"], env)
	case "CopyStmt":
		r.copies(n, env)
	default:
		r.fields(n, env)
	}
}

// makes takes in the name of a relation that a statement creates. Where the
// catalog knows it, it is a name as any other.
func (r *resolver) makes(n node) {
	schema, name := n.text("schemaname"), n.text("relname")
	_, relation := r.catalog.Relation(schema, name)
	_, sequence := r.catalog.Sequence(schema, name)
	if relation || sequence {
		r.relation(n)
	} else if schema == "" || n.text("relpersistence") == "t" {
		r.made[name] = true
	}
}

// createTable resolves a CREATE TABLE, whose expressions are over its columns.
func (r *resolver) createTable(n node, env environment) {
	r.makes(n.of("relation"))
	s := &source{name: n.of("relation").text("relname"), columns: r.defined(n.list("tableElts")), open: len(n.list("inhRelations")) > 0}
	for _, v := range n.list("tableElts") {
		if _, like := is(v, "TableLikeClause"); like {
			s.open = true
		}
	}
	inner := env.within(only(s))
	for _, field := range n.fields() {
		if field != "relation" {
			r.fields(node{field: n[field]}, inner)
		}
	}
}

// rows are OLD and NEW of a relation.
func rows(s *source) namespace {
	var all namespace
	for _, name := range []string{"new", "old"} {
		all.sources = append(all.sources, &source{name: name, relation: s.relation, columns: s.columns, open: s.open, hidden: true})
	}
	return all
}

// createTrigger resolves a CREATE TRIGGER.
func (r *resolver) createTrigger(n node, env environment) {
	s := r.relation(n.of("relation"))
	if other := n.of("constrrel"); other != nil {
		r.relation(other)
	}
	r.walk(n["whenClause"], env.within(rows(s)))
	r.listBehind("of", names(n.list("columns")), s)
	parts := names(n.list("funcname"))
	schema, name := qualified(parts)
	found, ok := r.catalog.Function(schema, name, []string{})
	for i := r.tokens.from(n.of("relation").at()); ok && i < len(r.tokens); i++ {
		if !r.tokens.is(i, "function") && !r.tokens.is(i, "procedure") || !r.tokens.is(i-1, "execute") {
			continue
		}
		if places, _, ok := r.tokens.path(i+1, parts); ok {
			r.addFrom(FunctionName, found.Object, places[len(places)-1], places[0].begin, true)
		}
	}
}

// listBehind resolves a list of columns that stands behind a word.
func (r *resolver) listBehind(word string, columns []string, s *source) {
	for i := range r.tokens {
		if places, ok := r.tokens.listed(i+1, columns); ok && len(columns) > 0 && r.tokens.is(i, word) {
			for k, name := range columns {
				r.member(s, name, places[k])
			}
			return
		}
	}
}

// copies resolves a COPY.
func (r *resolver) copies(n node, env environment) {
	if class, query := unwrap(n["query"]); class != "" {
		r.query(class, query, env)
		return
	}
	s := r.relation(n.of("relation"))
	columns := names(n.list("attlist"))
	i := r.tokens.next(r.tokens.from(n.of("relation").at()), "(")
	if places, ok := r.tokens.listed(i+1, columns); ok {
		for k, name := range columns {
			r.member(s, name, places[k])
		}
	}
	r.walk(n["whereClause"], env.within(only(s)))
}

// constraint resolves a constraint. The columns of the table that a foreign key
// refers to stand behind its name.
func (r *resolver) constraint(n node, env environment) {
	if other := n.of("pktable"); other != nil {
		s := r.relation(other)
		i := r.tokens.next(r.tokens.from(other.at()), "(")
		columns := names(n.list("pk_attrs"))
		if places, ok := r.tokens.listed(i+1, columns); ok {
			for k, name := range columns {
				r.member(s, name, places[k])
			}
		}
	}
	r.walk(n["raw_expr"], env)
	r.walk(n["where_clause"], env)
}
