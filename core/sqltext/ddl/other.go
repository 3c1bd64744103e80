package ddl

import "strings"

// A Comment is COMMENT ON.
type Comment struct {
	Kind      string // of the object: table, column, materialized view
	Names     []string
	Arguments []Type // of a function
	Text      string
	Place     Span
	Label     string // a name for it
	Back      string // the statement that takes it away
	After     string // the label of what it is on, if that is by its name alone
}

func (r *reader) comment(n node) Definition {
	c := Comment{Kind: objectKind(n.text("objtype")), Text: n.text("comment")}
	end := r.find(2, "is")
	_, c.Place = r.cut(2, end)
	c.Label = r.label(0, end)
	head, _ := r.cut(0, end)
	c.Back = head + " IS NULL"
	c.After = r.commented(end)
	switch class, object := open(n["object"]); class {
	case "String":
		c.Names = []string{object.text("sval")}
	case "List":
		list := object.list("items")
		for _, v := range list {
			if inner, t := open(v); inner == "TypeName" { // of a constraint on a domain
				c.Names = append(c.Names, t.strings("names")...)
			}
		}
		c.Names = append(c.Names, texts(list)...)
	case "TypeName":
		c.Names = object.strings("names")
	case "ObjectWithArgs":
		c.Names = object.strings("objname")
		for _, v := range object.list("objargs") {
			if _, t := open(v); t != nil {
				c.Arguments = append(c.Arguments, r.typ(t))
			}
		}
	}
	return c
}

// commented returns the label of what a comment is on, given the token behind its name.
func (r *reader) commented(end int) string {
	begin := end - 1
	for begin > 2 && r.is(begin-1, ".") {
		begin -= 2
	}
	words, _ := r.cut(2, begin)
	_, _, label := r.name(begin)
	return labelled(words, label)
}

// A CreatePolicy is CREATE POLICY.
type CreatePolicy struct {
	Name        string
	Place       Span
	Table       Name
	Restrictive bool
	Command     string // all, select, insert, update, delete
	Roles       []string
	Using       *Expr
	Check       *Expr
}

func (r *reader) createPolicy(n node) Definition {
	p := CreatePolicy{Name: n.text("policy_name"), Table: n.relation("table"), Restrictive: !n.flag("permissive"), Command: n.text("cmd_name")}
	_, p.Place = r.cut(2, 3)
	p.Roles = roles(n.list("roles"))
	at := r.index(n.of("table").number("location"))
	if n["qual"] != nil {
		p.Using = r.inBrackets(n["qual"], r.find(r.find(at, "using"), "("))
	}
	if n["with_check"] != nil {
		p.Check = r.inBrackets(n["with_check"], r.find(r.find(at, "check"), "("))
	}
	return p
}

// roles returns names of roles; public and current_user are words.
func roles(list []any) []string {
	var names []string
	for _, v := range list {
		_, role := open(v)
		if name := role.text("rolename"); name != "" {
			names = append(names, name)
		} else {
			names = append(names, strings.ToLower(strings.TrimPrefix(role.text("roletype"), "ROLESPEC_")))
		}
	}
	return names
}

// A CreateExtension is CREATE EXTENSION.
type CreateExtension struct {
	Name    string
	Schema  string
	Version string
	Place   Span
}

func (r *reader) createExtension(n node) Definition {
	x := CreateExtension{Name: n.text("extname"), Place: r.span(0, len(r.text))}
	for _, o := range r.options(n.list("options")) {
		switch o.Name {
		case "schema":
			x.Schema = o.Value
		case "new_version":
			x.Version = o.Value
		}
	}
	return x
}

// A CreateSchema is CREATE SCHEMA.
type CreateSchema struct{ Name string }

// A SetSearchPath is SET search_path, or the call of set_config that says the same.
type SetSearchPath struct{ Schemas []string }

// A Set is SET of another setting, or a SELECT that sets one.
type Set struct{ Name string }

func (r *reader) set(n node) Definition {
	s := r.setting(n)
	if s.Name != "search_path" {
		return Set{Name: s.Name}
	}
	var path SetSearchPath
	for _, v := range n.list("args") {
		_, inner := open(v)
		if text, _ := constant(inner); text != "" {
			path.Schemas = append(path.Schemas, text)
		}
	}
	return path
}

// selection reads SELECT pg_catalog.set_config(...), as pg_dump writes it. Any other
// query defines nothing.
func (r *reader) selection(n node) Definition {
	targets := n.list("targetList")
	if len(targets) != 1 || n["fromClause"] != nil {
		return Other{Class: "SelectStmt"}
	}
	_, target := open(targets[0])
	call := r.part(target["val"])
	switch {
	case call.Kind != Call || call.Names[len(call.Names)-1] != "set_config" || len(call.Args) < 2:
		return Other{Class: "SelectStmt"}
	case call.Args[0].Text != "search_path":
		return Set{Name: call.Args[0].Text}
	}
	var path SetSearchPath
	for part := range strings.SplitSeq(call.Args[1].Text, ",") {
		if part = strings.Trim(strings.TrimSpace(part), `"`); part != "" {
			path.Schemas = append(path.Schemas, part)
		}
	}
	return path
}

// An AlterOwner says who owns an object.
type AlterOwner struct{}

// An Insert adds rows to a table.
type Insert struct{ Table Name }

// A Drop takes an object away.
type Drop struct{ IfExists bool }
