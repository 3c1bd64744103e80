package ddl

// A CreatePublication is CREATE PUBLICATION, or ALTER PUBLICATION ... ADD.
type CreatePublication struct {
	Name      string
	Place     Span
	Alter     bool
	AllTables bool
	Tables    []PublishedTable
	Schemas   []string
	Options   []Option
}

// A PublishedTable is a table of a publication: no columns are all.
type PublishedTable struct {
	Table   Name
	Columns []string
	Where   *Expr
}

func (r *reader) createPublication(n node) Definition { return r.publication(n, false) }

// alterPublication reads what adds to a publication.
func (r *reader) alterPublication(n node) Definition {
	if n.text("action") != "AP_AddObjects" {
		return Other{Class: "AlterPublicationStmt"}
	}
	return r.publication(n, true)
}

func (r *reader) publication(n node, alter bool) Definition {
	p := CreatePublication{Name: n.text("pubname"), Alter: alter, AllTables: n.flag("for_all_tables"), Options: r.options(n.list("options"))}
	_, p.Place = r.cut(2, 3)
	for _, v := range n.list("pubobjects") {
		_, object := open(v)
		switch table := object.of("pubtable"); object.text("pubobjtype") {
		case "PUBLICATIONOBJ_TABLE":
			p.Tables = append(p.Tables, r.publishedTable(table))
		case "PUBLICATIONOBJ_TABLES_IN_SCHEMA":
			p.Schemas = append(p.Schemas, object.text("name"))
		default:
			return Other{Class: object.text("pubobjtype")}
		}
	}
	return p
}

func (r *reader) publishedTable(n node) PublishedTable {
	t := PublishedTable{Table: n.relation("relation"), Columns: n.strings("columns")}
	if n["whereClause"] != nil {
		at := r.index(n.of("relation").number("location"))
		t.Where = r.inBrackets(n["whereClause"], r.find(r.find(at, "where"), "("))
	}
	return t
}
