package resolve

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// takesName are functions whose first argument is text with the name of a sequence.
var takesName = []string{"nextval", "currval", "setval"}

// objectName translates the first argument of nextval("order_no"), if it names
// something that is declared: by its name in the database, with or without the
// schema. What is not declared stays text.
func (s *scope) objectName(function string, e *declare.Expr) (expression.Node, bool) {
	e = strip(e)
	if !slices.Contains(takesName, strings.ToLower(function)) || e.Kind != declare.String {
		return expression.Node{}, false
	}
	schema, name, qualified := strings.Cut(e.Text, ".")
	if !qualified {
		schema, name = "", e.Text
	}
	c := &sqlCatalog{l: s.l, text: sqlText{app: s.app}}
	found, ok := c.object(relationName, schema, name)
	if !ok {
		s.names(relationName, schema, name, e)
		return expression.Node{}, false
	}
	s.uses.ref(found, state.Exists|state.Definition)
	return expression.Node{Kind: expression.Object, Path: []address.Ref{address.RefTo(found)}}, true
}

// objectNameOf is objectName of a call.
func (s *scope) objectNameOf(e *declare.Expr) (expression.Node, bool) {
	if len(e.Args) == 0 {
		return expression.Node{}, false
	}
	return s.objectName(e.Text, e.Args[0])
}
