package parser

import "github.com/whimbreldb/whimbrel/core/address"

// An output is what a query returns.
type output struct {
	columns []column
	open    bool
}

// source returns the output as an entry of FROM.
func (o output) source(name string) *source {
	return &source{name: name, columns: o.columns, open: o.open}
}

// query resolves a statement that can return rows.
func (r *resolver) query(class string, n node, env environment) output {
	switch class {
	case "SelectStmt":
		return r.selection(n, env, nil)
	case "InsertStmt":
		return r.insert(n, env)
	case "UpdateStmt":
		return r.update(n, env)
	case "DeleteStmt":
		return r.deletion(n, env)
	case "MergeStmt":
		return r.mergeInto(n, env)
	}
	r.node(class, n, env)
	return output{open: true}
}

func isQuery(class string) bool {
	switch class {
	case "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
		return true
	}
	return false
}

// selection resolves a SELECT, VALUES or a set operation. What stands left in a
// set operation is told to first, so that a recursive query knows its columns.
func (r *resolver) selection(n node, env environment, first func(output)) output {
	env = r.with(n.of("withClause"), env)
	if n["larg"] != nil {
		return r.setOperation(n, env, first)
	}
	r.creates(n.of("intoClause"))
	inner := env.within(r.from(n.list("fromClause"), env))
	out := r.targets(n.list("targetList"), inner)
	r.distinct(n.list("distinctClause"), out, inner)
	r.walk(n["whereClause"], inner)
	r.grouping(n.list("groupClause"), out, inner)
	for _, field := range []string{"havingClause", "windowClause", "limitOffset", "limitCount"} {
		r.walk(n[field], inner)
	}
	r.ordering(n.list("sortClause"), out, inner)
	r.locking(n.list("lockingClause"), inner)
	if rows := n.list("valuesLists"); len(rows) > 0 {
		return r.values(rows, inner)
	}
	return out
}

func (r *resolver) setOperation(n node, env environment, first func(output)) output {
	out := r.selection(n.of("larg"), env, nil)
	if first != nil {
		first(out)
	}
	right := r.selection(n.of("rarg"), env, nil)
	out = output{columns: append([]column(nil), out.columns...), open: out.open}
	for i := range out.columns {
		out.columns[i].base = address.Address{}
		if i >= len(right.columns) || right.columns[i].typ != out.columns[i].typ {
			out.columns[i].typ = ""
		}
	}
	results := namespace{columns: out.columns, open: out.open}
	r.ordering(n.list("sortClause"), out, env.within(results))
	r.walk(n["limitOffset"], env)
	r.walk(n["limitCount"], env)
	return out
}

func (r *resolver) values(rows []any, env environment) output {
	r.walk(rows, env)
	first, _ := is(rows[0], "List")
	var out output
	for i := range first.list("items") {
		out.columns = append(out.columns, column{name: valuesName(i)})
	}
	return out
}

// distinct resolves DISTINCT ON. Of DISTINCT alone, the list has an empty item.
func (r *resolver) distinct(list []any, out output, env environment) {
	for _, v := range list {
		r.outputFirst(v, out, env)
	}
}

func (r *resolver) ordering(list []any, out output, env environment) {
	for _, v := range list {
		if n, ok := is(v, "SortBy"); ok {
			r.outputFirst(n["node"], out, env)
		}
	}
}

// outputFirst resolves an expression of ORDER BY: a name alone is that of an
// output column before it is one of FROM.
func (r *resolver) outputFirst(v any, out output, env environment) {
	name, place, ok := r.single(v)
	if !ok {
		r.walk(v, env)
		return
	}
	if matches := (namespace{columns: out.columns}).matches(name); len(matches) > 0 {
		r.bears(matches[0], place)
	} else if !out.open {
		r.walk(v, env)
	}
}

// grouping resolves GROUP BY: a name alone is that of a column of FROM before it
// is an output column.
func (r *resolver) grouping(list []any, out output, env environment) {
	for _, v := range list {
		name, place, ok := r.single(v)
		matches := namespace{columns: out.columns}.matches(name)
		if ok && len(matches) > 0 && len(env.scope.matches(name)) == 0 && !env.scope.open {
			r.bears(matches[0], place)
			continue
		}
		r.walk(v, env)
	}
}

// single returns a name that stands alone.
func (r *resolver) single(v any) (name string, place span, ok bool) {
	n, ok := is(v, "ColumnRef")
	parts := names(n.list("fields"))
	if !ok || len(parts) != 1 || parts[0] == star {
		return "", span{}, false
	}
	place, _, ok = r.place(n.at(), parts...)
	return parts[0], place, ok
}

// locking resolves FOR UPDATE OF, whose names are those of FROM.
func (r *resolver) locking(list []any, env environment) {
	for _, v := range list {
		n, _ := is(v, "LockingClause")
		for _, v := range n.list("lockedRels") {
			locked, _ := is(v, "RangeVar")
			s := env.scope.namespace.source("", locked.text("relname"))
			if place, _, ok := r.place(locked.at(), locked.text("relname")); ok && s != nil {
				r.add(RelationName, s.named, place)
			}
		}
	}
}

// creates takes in the relation of a SELECT INTO or CREATE TABLE AS.
func (r *resolver) creates(into node) {
	if rel := into.of("rel"); rel != nil && rel.text("schemaname") == "" {
		r.made[rel.text("relname")] = true
	}
}
