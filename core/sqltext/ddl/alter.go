package ddl

// An AlterTable is ALTER TABLE, or ALTER of another relation, such as a view.
type AlterTable struct {
	Kind     string // table, view, materialized view, index, sequence, type, foreign table
	Name     Name
	Place    Span
	Commands []Command
}

// A Command is one command of an ALTER TABLE, by PostgreSQL's name for it, such as
// AT_AddConstraint.
type Command struct {
	Kind       string
	Name       string // of what it is about
	Place      Span
	Constraint *Constraint
	Column     *TableColumn
	Value      *Expr
	Options    []Option
	Identity   string
	Text       string // a word or number
	Relation   Name
	Bound      *Bound // of a partition
}

func (r *reader) alterTable(n node) Definition {
	relation := n.of("relation")
	a := AlterTable{Kind: objectKind(n.text("objtype")), Name: rangeVar(relation), Place: r.relationPlace(relation)}
	begin := r.index(relation.number("location")) + 1
	for r.is(begin, ".") {
		begin += 2
	}
	for _, v := range n.list("cmds") {
		_, command := open(v)
		end := r.until(begin, ",")
		a.Commands = append(a.Commands, r.command(command, begin, end))
		begin = end + 1
	}
	return a
}

func (r *reader) command(n node, begin, end int) Command {
	_, place := r.cut(begin, end)
	c := Command{Kind: n.text("subtype"), Name: n.text("name"), Place: place}
	class, def := open(n["def"])
	switch {
	case c.Kind == "AT_ColumnDefault" && def != nil:
		c.Value = r.expr(n["def"], r.find(begin, "default")+1, end)
	case class == "Constraint" && c.Kind == "AT_AddIdentity":
		c.Identity, c.Options = identity(def), r.options(def.list("options"))
	case class == "Constraint":
		one := r.constraint(def)
		one.Place = place
		c.Constraint = &one
	case class == "ColumnDef":
		column := r.column(def)
		c.Column = &column
	case class == "PartitionCmd":
		c.Relation = def.relation("name")
		if bound := def.of("bound"); bound != nil {
			b := r.bound(bound)
			c.Bound = &b
		}
	case class == "RangeVar":
		c.Relation = rangeVar(def)
	case class == "List":
		c.Options = r.options(def.list("items"))
	case def != nil:
		c.Text, _ = scalar(class, def)
	}
	return c
}

// objectKinds are the kinds of objects by PostgreSQL's name for them.
func objectKind(name string) string {
	if kind, ok := map[string]string{
		"OBJECT_MATVIEW": "materialized view", "OBJECT_FOREIGN_TABLE": "foreign table", "OBJECT_TABCONSTRAINT": "constraint",
		"OBJECT_DOMCONSTRAINT": "domain constraint", "OBJECT_EVENT_TRIGGER": "event trigger", "OBJECT_STATISTIC_EXT": "statistics",
	}[name]; ok {
		return kind
	}
	return lowered(name)
}
