package ddl

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An AlterTable is ALTER TABLE, or ALTER of another relation, such as a view.
type AlterTable struct {
	Kind     string // table, view, materialized view, index, sequence, type, foreign table
	Name     Name
	Place    Span
	Commands []Command
	Head     string // all before the first command
	IfExists bool   // the relation need not be there
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
	SQL        string // as it is written
	Back       string // the command that takes it back, where that is clear
	Label      string // a name for it
}

func (r *reader) alterTable(n node) Definition {
	relation := n.of("relation")
	a := AlterTable{Kind: objectKind(n.text("objtype")), Name: rangeVar(relation), Place: r.relationPlace(relation)}
	begin := r.index(relation.number("location")) + 1
	for r.is(begin, ".") {
		begin += 2
	}
	a.Head, _ = r.cut(0, begin)
	a.IfExists = n.flag("missing_ok")
	for _, v := range n.list("cmds") {
		_, command := open(v)
		end := r.until(begin, ",")
		a.Commands = append(a.Commands, r.command(command, begin, end))
		begin = end + 1
	}
	return a
}

func (r *reader) command(n node, begin, end int) Command {
	sql, place := r.cut(begin, end)
	c := Command{SQL: sql, Back: back(n), Label: r.label(0, end), Kind: n.text("subtype"), Name: n.text("name"), Place: place}
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

// back returns the command that takes one back of which nothing else is said.
func back(n node) string {
	name := address.Quote(n.text("name"))
	switch n.text("subtype") {
	case "AT_ReplicaIdentity":
		if _, def := open(n["def"]); def.text("identity_type") != "i" {
			return "REPLICA IDENTITY DEFAULT"
		}
	case "AT_ClusterOn":
		return "SET WITHOUT CLUSTER"
	case "AT_EnableAlwaysRule", "AT_EnableReplicaRule", "AT_DisableRule":
		return "ENABLE RULE " + name
	case "AT_SetOptions":
		_, def := open(n["def"])
		var options []string
		for _, v := range def.list("items") {
			_, option := open(v)
			options = append(options, option.text("defname"))
		}
		return "ALTER COLUMN " + name + " RESET (" + strings.Join(options, ", ") + ")"
	}
	return ""
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
