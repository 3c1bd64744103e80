package ddl

import "slices"

// A CreateTable is CREATE TABLE.
type CreateTable struct {
	Name        Name
	Place       Span // of the name
	Columns     []TableColumn
	Constraints []Constraint
	Inherits    []Name
	PartitionBy *Division // nil: it has no partitions
	Partition   *Partition
	Options     []Option
	Tablespace  string
	Method      string // of access
	Unlogged    bool
	Temporary   bool
	// Unread is what of the statement has no place in this value: LIKE, OF a type.
	Unread []string
}

// A TableColumn is a column of a table.
type TableColumn struct {
	Name        string
	Place       Span // of the whole
	Type        Type
	NotNull     bool
	Null        bool // NULL is written
	Default     *Expr
	Generated   *Expr
	Virtual     bool
	Identity    string // always or by_default
	Sequence    []Option
	Collation   Name
	Storage     string
	Compression string
	Constraints []Constraint // CHECK, UNIQUE, PRIMARY KEY, REFERENCES
	Unread      []string
}

func (r *reader) createTable(n node) Definition {
	t := CreateTable{
		Name: n.relation("relation"), Place: r.relationPlace(n.of("relation")), Tablespace: n.text("tablespacename"), Method: n.text("accessMethod"),
		Unlogged: n.of("relation").text("relpersistence") == "u", Temporary: n.of("relation").text("relpersistence") == "t",
		Options: r.options(n.list("options")),
	}
	if n["ofTypename"] != nil {
		t.Unread = append(t.Unread, "OF a type")
	}
	for _, v := range n.list("inhRelations") {
		_, parent := open(v)
		t.Inherits = append(t.Inherits, rangeVar(parent))
	}
	if bound := n.of("partbound"); bound != nil && len(t.Inherits) == 1 {
		t.Partition = &Partition{Of: t.Inherits[0], Bound: r.bound(bound)}
		t.Inherits = nil
	}
	if by := n.of("partspec"); by != nil {
		t.PartitionBy = r.division(by)
	}
	for _, v := range n.list("tableElts") {
		r.element(&t, v)
	}
	return t
}

func (r *reader) element(t *CreateTable, v any) {
	switch class, n := open(v); class {
	case "ColumnDef":
		t.Columns = append(t.Columns, r.column(n))
	case "Constraint":
		t.Constraints = append(t.Constraints, r.constraint(n))
	default:
		t.Unread = append(t.Unread, map[string]string{"TableLikeClause": "LIKE"}[class])
	}
}

func (r *reader) relationPlace(n node) Span {
	i := r.index(n.number("location"))
	end := i + 1
	for r.is(end, ".") {
		end += 2
	}
	_, span := r.cut(i, end)
	return span
}

func (r *reader) column(n node) TableColumn {
	i := r.index(n.number("location"))
	_, place := r.cut(i, r.until(i, ","))
	c := TableColumn{
		Name: n.text("colname"), Place: place, Collation: nameOf(n.of("collClause").strings("collname")),
		Storage: n.text("storage_name"), Compression: n.text("compression"),
	}
	if n["typeName"] != nil {
		c.Type = r.typ(n.of("typeName"))
	}
	for _, v := range n.list("constraints") {
		if _, inner := open(v); inner != nil {
			r.columnConstraint(&c, inner)
		}
	}
	return c
}

// ends are the words that end the default of a column.
var ends = []string{",", "not", "null", "constraint", "check", "unique", "primary", "references", "generated", "default", "deferrable", "initially", "collate", "storage", "compression"}

// defaultEnd returns the token behind a default that begins at one. NULL can be all of it.
func (r *reader) defaultEnd(begin int) int {
	if r.is(begin, ends...) {
		begin++
	}
	return r.until(begin, ends...)
}

func (r *reader) columnConstraint(c *TableColumn, n node) {
	at := r.index(n.number("location"))
	switch n.text("contype") {
	case "CONSTR_NOTNULL":
		c.NotNull = true
	case "CONSTR_NULL":
		c.Null = true
	case "CONSTR_DEFAULT":
		begin := r.find(at, "default") + 1
		c.Default = r.expr(n["raw_expr"], begin, r.defaultEnd(begin))
	case "CONSTR_GENERATED":
		open := r.find(r.find(at, "as"), "(")
		c.Generated, c.Virtual = r.inBrackets(n["raw_expr"], open), r.is(r.behind(open), "virtual")
	case "CONSTR_IDENTITY":
		c.Identity, c.Sequence = identity(n), r.options(n.list("options"))
	case "CONSTR_ATTR_DEFERRABLE", "CONSTR_ATTR_NOT_DEFERRABLE", "CONSTR_ATTR_DEFERRED", "CONSTR_ATTR_IMMEDIATE":
		if len(c.Constraints) > 0 {
			c.Constraints[len(c.Constraints)-1].postpone(n.text("contype"))
		}
	default:
		one := r.constraint(n)
		if one.Kind != CheckConstraint && len(one.Columns) == 0 {
			one.Columns = []string{c.Name}
		}
		c.Constraints = append(c.Constraints, one)
	}
}

func identity(n node) string {
	if n.text("generated_when") == "a" {
		return "always"
	}
	return "by_default"
}

// Named returns the column of a name, or nil.
func (t CreateTable) Named(name string) *TableColumn {
	i := slices.IndexFunc(t.Columns, func(c TableColumn) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &t.Columns[i]
}
