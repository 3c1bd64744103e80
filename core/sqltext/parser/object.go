package parser

import "slices"

// alterTable resolves an ALTER TABLE. Expressions in it are over the columns of
// the table.
func (r *resolver) alterTable(n node, env environment) {
	s := r.relation(n.of("relation"))
	inner := env.within(only(s))
	i := r.tokens.from(n.of("relation").at())
	for _, v := range n.list("cmds") {
		cmd, _ := is(v, "AlterTableCmd")
		if name := cmd.text("name"); name != "" && ofColumns.has(cmd.text("subtype")) {
			i = r.columnBehind(i, name, s)
		}
		r.walk(cmd["def"], inner)
	}
}

// ofColumns are the parts of ALTER TABLE that name a column.
const ofColumns words = " AT_AlterColumnType AT_ColumnDefault AT_CookedColumnDefault AT_DropNotNull AT_SetNotNull AT_SetExpression AT_DropExpression " +
	"AT_SetStatistics AT_SetOptions AT_ResetOptions AT_SetStorage AT_SetCompression AT_DropColumn AT_AddIdentity AT_SetIdentity AT_DropIdentity "

// columnBehind resolves the first column of a name that stands behind a token and
// one of the words that come before columns. It returns the index behind it.
func (r *resolver) columnBehind(i int, name string, s *source) int {
	for k := i; k < len(r.tokens); k++ {
		place, next, ok := r.tokens.name(k, name)
		if ok && slices.ContainsFunc([]string{"column", "alter", "drop", "exists"}, func(word string) bool { return r.tokens.is(k-1, word) }) {
			r.member(s, name, place)
			return next
		}
	}
	return i
}

// objects resolves a statement about objects that are named by a list of names.
// The tree has no places for them: they stand in the text in the same order.
func (r *resolver) objects(class string, n node, env environment) {
	kind := n.text("removeType") + n.text("objtype") + n.text("objectType") + n.text("renameType")
	list := n.list("objects")
	if class != "DropStmt" {
		list = []any{n["object"]}
	}
	if relation := n.of("relation"); relation != nil {
		s := r.relation(relation)
		if kind == "OBJECT_COLUMN" {
			r.renamed(n.text("subname"), s)
		}
	}
	i := 1
	for _, v := range list {
		i = r.object(kind, v, i, env)
	}
}

// renamed resolves the column of a RENAME COLUMN.
func (r *resolver) renamed(name string, s *source) {
	for i := range r.tokens {
		place, _, ok := r.tokens.name(i, name)
		if ok && (r.tokens.is(i-1, "column") || r.tokens.is(i-1, "rename")) {
			r.member(s, name, place)
			return
		}
	}
}

// object resolves the names of one object, which stand behind a token.
func (r *resolver) object(kind string, v any, i int, env environment) int {
	class, n := unwrap(v)
	parts := names(n.list("items"))
	switch class {
	case "ObjectWithArgs":
		parts = names(n.list("objname"))
		r.walk(n["objargs"], env)
	case "TypeName":
		parts = names(n.list("names"))
	case "List":
		if len(parts) == 0 { // such as the types of a cast
			r.walk(n["items"], env)
		}
	}
	before := ""
	if withinRelations.has(kind) && len(parts) > 1 { // "no_delete on pizza": the tree has the name of the table first
		kind, parts, before = "OBJECT_TABLE", parts[:len(parts)-1], "on"
	}
	for k := i; k < len(r.tokens) && len(parts) > 0; k++ {
		if places, next, ok := r.tokens.path(k, parts); ok && !r.tokens.is(k-1, ".") && (before == "" || r.tokens.is(k-1, before)) {
			r.ofKind(kind, parts, places)
			return next
		}
	}
	return i
}

// withinRelations are the objects that are named within a table or view.
const withinRelations words = " OBJECT_RULE OBJECT_TRIGGER OBJECT_POLICY OBJECT_TABCONSTRAINT "

// ofKind takes in the name of an object of a kind.
func (r *resolver) ofKind(kind string, parts []string, places []span) {
	last := len(parts) - 1
	schema, name := qualified(parts)
	switch kind {
	case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE":
		found, _ := r.catalog.Relation(schema, name)
		r.addFrom(RelationName, found.Object, places[last], places[0].begin, true)
	case "OBJECT_SEQUENCE":
		object, _ := r.catalog.Sequence(schema, name)
		r.addFrom(SequenceName, object, places[last], places[0].begin, true)
	case "OBJECT_TYPE", "OBJECT_DOMAIN":
		found, _ := r.catalog.Type(schema, name)
		r.addFrom(TypeName, found.Object, places[last], places[0].begin, true)
	case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE":
		found, _ := r.catalog.Function(schema, name, nil)
		r.addFunction(found, places[last], places[0].begin, true)
	case "OBJECT_COLUMN":
		r.columnOf(parts, places)
	}
}
