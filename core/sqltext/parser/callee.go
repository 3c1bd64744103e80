package parser

// granted resolves GRANT and REVOKE. Tables and sequences have places in the tree,
// functions and types have none.
func (r *resolver) granted(n node, env environment) {
	kind, i := n.text("objtype"), 1
	for _, v := range n.list("objects") {
		switch class, _ := unwrap(v); class {
		case "ObjectWithArgs", "List":
			i = r.object(kind, v, i, env)
		default:
			r.walk(v, env)
		}
	}
}

// callees resolves the functions that a statement names without calling them: those of
// casts and of operator classes.
func (r *resolver) callees(n node, env environment) {
	r.fields(n, env)
	r.object("OBJECT_FUNCTION", map[string]any{"ObjectWithArgs": map[string]any(n.of("func"))}, 1, env)
	i := 1
	for _, v := range n.list("items") {
		item, _ := is(v, "CreateOpClassItem")
		i = r.object("OBJECT_FUNCTION", map[string]any{"ObjectWithArgs": map[string]any(item.of("name"))}, i, env)
	}
}

// operator resolves CREATE OPERATOR and its like: the grammar has the names of functions as
// those of types.
func (r *resolver) operator(n node, env environment) {
	r.fields(n, env)
	if n.text("kind") != "OBJECT_OPERATOR" {
		return
	}
	for _, v := range n.list("definition") {
		if def, _ := is(v, "DefElem"); ofFunctions.has(def.text("defname")) {
			r.object("OBJECT_FUNCTION", def["arg"], 1, env)
		}
	}
}

// ofFunctions are the parts of an operator that are functions.
const ofFunctions words = " function procedure restrict join "
