package ddl

import "strings"

// A Grant is GRANT of rights on objects.
type Grant struct {
	Place   Span
	Kind    string // of the objects: table, sequence, function, procedure, schema
	Objects []GrantedObject
	Rights  []string // none: all
	Columns []string
	Roles   []string // public among them
	Option  bool     // WITH GRANT OPTION
	Revoke  bool     // it is REVOKE
	Whole   bool     // the value has all that the statement says
	Back    string   // the statement that takes it back
	Label   string   // a name for it
}

// A GrantedObject is an object by its name, and of a function by its arguments.
type GrantedObject struct {
	Name      Name
	Arguments []Type
}

// grant reads GRANT and REVOKE. Rights on all of a schema, and rights of which some have
// columns only, the value does not have.
func (r *reader) grant(n node) Definition {
	g := Grant{Place: r.span(0, len(r.text)), Kind: objectKind(n.text("objtype")), Option: n.flag("grant_option"), Roles: roles(n.list("grantees")), Revoke: !n.flag("is_grant")}
	g.Back, g.Label = r.opposite(0), r.label(0, len(r.tokens))
	g.Whole = n.text("targtype") == "ACL_TARGET_OBJECT"
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
	g.Whole = g.Whole && (len(g.Columns) == 0 || whole == 0 && len(g.Rights) == 1)
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

// opposite returns REVOKE for a GRANT that begins at a token, and the other way round.
func (r *reader) opposite(begin int) string {
	head, _ := r.cut(0, begin)
	revoke := r.is(begin, "revoke")
	rights, option := begin+1, ""
	if revoke && r.is(rights, "grant") && r.is(rights+1, "option") {
		rights, option = rights+3, " WITH GRANT OPTION"
	}
	turn := map[bool]string{true: "from", false: "to"}[revoke]
	to := r.find(rights, turn)
	end := r.find(to, "cascade", "restrict", "with", "granted")
	what, _ := r.cut(rights, to)
	whom, _ := r.cut(to+1, end)
	if revoke {
		return strings.TrimSpace(head + " GRANT " + what + " TO " + whom + option)
	}
	return strings.TrimSpace(head + " REVOKE " + what + " FROM " + whom)
}

// defaultPrivileges reads ALTER DEFAULT PRIVILEGES.
func (r *reader) defaultPrivileges(node) Definition {
	begin := r.find(3, "grant", "revoke")
	_, place := r.cut(0, 3)
	return CreateOther{Label: r.label(0, len(r.tokens)), Place: place, Drop: r.opposite(begin)}
}
