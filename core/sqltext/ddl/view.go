package ddl

// A CreateView is CREATE VIEW, or CREATE MATERIALIZED VIEW.
type CreateView struct {
	Name         Name
	Place        Span
	Materialized bool
	Columns      []string
	Query        string
	QuerySpan    Span
	Options      []Option
	CheckOption  string // local or cascaded
	Recursive    bool
	NoData       bool
	Tablespace   string
	Method       string
	Temporary    bool
}

func (r *reader) createView(n node) Definition {
	relation := n.of("view")
	v := CreateView{
		Name: rangeVar(relation), Place: r.relationPlace(relation), Columns: n.strings("aliases"), Options: r.options(n.list("options")),
		Temporary: relation.text("relpersistence") == "t",
	}
	v.CheckOption = map[string]string{"LOCAL_CHECK_OPTION": "local", "CASCADED_CHECK_OPTION": "cascaded"}[n.text("withCheckOption")]
	from := r.index(relation.number("location"))
	for i := range from {
		v.Recursive = v.Recursive || r.is(i, "recursive")
	}
	end := len(r.tokens)
	if v.CheckOption != "" {
		for end > 0 && !r.is(end-1, "with") {
			end--
		}
		end--
	}
	v.Query, v.QuerySpan = r.cut(r.find(from, "as")+1, end)
	return v
}

func (r *reader) createTableAs(n node) Definition {
	if n.text("objtype") != "OBJECT_MATVIEW" {
		return Other{Class: "CreateTableAsStmt"}
	}
	into := n.of("into")
	relation := into.of("rel")
	v := CreateView{
		Name: rangeVar(relation), Place: r.relationPlace(relation), Materialized: true, Columns: into.strings("colNames"), Options: r.options(into.list("options")),
		NoData: into.flag("skipData"), Tablespace: into.text("tableSpaceName"), Method: into.text("accessMethod"),
	}
	end := len(r.tokens)
	switch {
	case r.is(end-1, "data") && r.is(end-2, "no") && r.is(end-3, "with"):
		end -= 3
	case r.is(end-1, "data") && r.is(end-2, "with"):
		end -= 2
	}
	v.Query, v.QuerySpan = r.cut(r.find(r.index(relation.number("location")), "as")+1, end)
	return v
}
