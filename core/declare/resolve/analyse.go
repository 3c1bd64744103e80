package resolve

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// analyse has a text parsed.
func (l *loader) analyse(t sqlText, c *sqlCatalog) (*parser.Analysis, error) {
	if l.tree.Parser == nil {
		l.tree.Parser = parser.New(nil)
	}
	p := l.tree.Parser
	switch t.kind {
	case detect.SQLQuery:
		return p.Query(t.text, c)
	case detect.SQLExpression:
		return p.Expression(t.text, c, t.sources(c), "value")
	case detect.SQLStatement:
		return p.Statement(t.text, c)
	}
	switch t.language {
	case "sql":
		return p.SQLBody(t.text, l.routine(t), c)
	case "plpgsql":
		return p.PLpgSQL(t.text, l.routine(t), c)
	}
	return &parser.Analysis{}, nil // nobody here knows the language
}

// routine returns the function that a body is of.
func (l *loader) routine(t sqlText) parser.Routine {
	r := parser.Routine{Name: t.name, Object: t.about}
	for _, arg := range t.args {
		typ := arg.Type.SQL
		if arg.Type.Of != nil && arg.Type.Dimensions == 0 {
			typ = l.databaseName(arg.Type.Of.Address, sqltext.Qualified)
		}
		r.Args = append(r.Args, parser.Argument{Name: arg.Name, Type: typ})
	}
	return r
}

// sources returns what an expression can name columns of: the model that it stands
// in, and the rows that a trigger on it sees.
func (t sqlText) sources(c *sqlCatalog) []parser.Source {
	if t.model == nil {
		return nil
	}
	c.note(relationName, t.model.schema, t.model.table)
	table := c.known(tableOf(t.model))
	return []parser.Source{
		{Name: t.model.table, Relation: table},
		{Name: "new", Relation: table, Qualified: true},
		{Name: "old", Relation: table, Qualified: true},
	}
}
