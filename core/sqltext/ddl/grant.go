package ddl

// A Grant is GRANT of rights on objects.
type Grant struct {
	Place   Span
	Kind    string // of the objects: table, sequence, function, procedure, schema
	Objects []GrantedObject
	Rights  []string // none: all
	Columns []string
	Roles   []string // public among them
	Option  bool     // WITH GRANT OPTION
}

// A GrantedObject is an object by its name, and of a function by its arguments.
type GrantedObject struct {
	Name      Name
	Arguments []Type
}

// grant reads GRANT; REVOKE, rights on all of a schema, and rights of which some have
// columns only, there is no value for.
func (r *reader) grant(n node) Definition {
	g := Grant{Place: r.span(0, len(r.text)), Kind: objectKind(n.text("objtype")), Option: n.flag("grant_option"), Roles: roles(n.list("grantees"))}
	if !n.flag("is_grant") || n.text("targtype") != "ACL_TARGET_OBJECT" {
		return Other{Class: "GrantStmt"}
	}
	whole := 0
	for _, v := range n.list("privileges") {
		_, right := open(v)
		g.Rights = append(g.Rights, right.text("priv_name"))
		if columns := right.strings("cols"); len(columns) > 0 {
			g.Columns = columns
		} else {
			whole++
		}
	}
	if len(g.Columns) > 0 && (whole > 0 || len(g.Rights) > 1) {
		return Other{Class: "GrantStmt"}
	}
	for _, v := range n.list("objects") {
		g.Objects = append(g.Objects, r.granted(v))
	}
	return g
}

func (r *reader) granted(v any) GrantedObject {
	switch class, n := open(v); class {
	case "RangeVar":
		return GrantedObject{Name: rangeVar(n)}
	case "ObjectWithArgs":
		o := GrantedObject{Name: nameOf(n.strings("objname"))}
		for _, arg := range n.list("objargs") {
			if _, t := open(arg); t != nil {
				o.Arguments = append(o.Arguments, r.typ(t))
			}
		}
		return o
	case "String":
		return GrantedObject{Name: Name{Name: n.text("sval")}}
	}
	return GrantedObject{}
}
