package resolve

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// rowType returns the model or the block with a query whose rows an expression names
// as a type, or nil. A type of the same name comes first.
func (l *loader) rowType(here *app, e *declare.Expr) *selectable {
	if e.Kind != declare.Word {
		return nil
	}
	a, name := l.qualified(here, e)
	if a == nil || a.types[name] != nil {
		return nil
	}
	if m := a.models[name]; m != nil {
		return tableOf(m)
	}
	if lower := strings.ToLower(name); len(e.Names) == 1 && (modelTypes[lower] != nil || l.catalog.byType[lower] != nil) {
		return nil
	}
	for _, t := range a.tops {
		if _, related := l.topName(t, relationName); related && t.name == name && t.isQuery() {
			return &selectable{addr: t.addr, block: t}
		}
	}
	return nil
}

// isQuery reports whether a query says what columns the object of a block has.
func (t *top) isQuery() bool {
	return slices.ContainsFunc(t.owned.option.Shape.Attrs, func(a detect.Attr) bool { return a.Type == detect.TypeSQL && a.SQL == detect.SQLQuery })
}

// row returns the relation whose rows are the result of a function, if it is the only
// one of its name.
func (c *sqlCatalog) row(class, schema, name string) parser.Relation {
	t := c.block(class, schema, name)
	if t == nil || class != functionName {
		return parser.Relation{}
	}
	if key, _ := c.l.topName(t, functionName); len(c.l.overloads[key]) > 1 {
		return parser.Relation{}
	}
	for _, a := range t.owned.option.Shape.Attrs {
		if attr := attrOf(t.block, a.Name); attr != nil && a.Type == detect.TypeResult {
			return c.l.rowsOf(t.app, strip(attr.Value), c)
		}
	}
	return parser.Relation{}
}

// rowsOf returns the relation whose row, or rows, a result is.
func (l *loader) rowsOf(here *app, result *declare.Expr, c *sqlCatalog) parser.Relation {
	if result.Kind == declare.Call && result.Text == "setof" && len(result.Args) == 1 {
		result = strip(result.Args[0])
	}
	if s := l.rowType(here, result); s != nil {
		return c.known(s)
	}
	return parser.Relation{}
}
