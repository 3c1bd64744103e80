package ddl

// A CreateEnum is CREATE TYPE ... AS ENUM.
type CreateEnum struct {
	Name   Name
	Place  Span
	Values []string
}

// A CreateDomain is CREATE DOMAIN.
type CreateDomain struct {
	Name        Name
	Place       Span
	Type        Type
	Collation   Name
	NotNull     bool
	Default     *Expr
	Constraints []Constraint
}

// A CreateComposite is CREATE TYPE ... AS (...).
type CreateComposite struct {
	Name    Name
	Place   Span
	Columns []TableColumn
}

// A CreateRange is CREATE TYPE ... AS RANGE.
type CreateRange struct {
	Name    Name
	Place   Span
	Options []Option
}

func (r *reader) createDomain(n node) Definition {
	d := CreateDomain{
		Name: nameOf(n.strings("domainname")), Place: r.third(), Type: r.typ(n.of("typeName")), Collation: nameOf(n.of("collClause").strings("collname")),
	}
	for _, v := range n.list("constraints") {
		_, inner := open(v)
		at := r.index(inner.number("location"))
		switch inner.text("contype") {
		case "CONSTR_DEFAULT":
			begin := r.find(at, "default") + 1
			d.Default = r.expr(inner["raw_expr"], begin, r.defaultEnd(begin))
		case "CONSTR_NOTNULL":
			d.NotNull = true
		case "CONSTR_NULL":
		default:
			d.Constraints = append(d.Constraints, r.constraint(inner))
		}
	}
	return d
}

func (r *reader) createComposite(n node) Definition {
	c := CreateComposite{Name: n.relation("typevar"), Place: r.relationPlace(n.of("typevar"))}
	for _, v := range n.list("coldeflist") {
		_, column := open(v)
		c.Columns = append(c.Columns, r.column(column))
	}
	return c
}

// third returns the place of the name behind CREATE and one word.
func (r *reader) third() Span {
	i := 2
	end := i + 1
	for r.is(end, ".") {
		end += 2
	}
	_, span := r.cut(i, end)
	return span
}
