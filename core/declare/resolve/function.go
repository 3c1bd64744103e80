package resolve

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// function returns the function of the project that a name means in a call: NAME, or
// SCHEMA::NAME. It is the zero address for the language's own functions and for those
// that nobody declares.
func (s *scope) function(name string) address.Address {
	found := s.functions(name, nil)
	if len(found) == 0 {
		return address.Address{}
	}
	return found[0]
}

// functions returns all that a call with arguments of types may mean; see called.
func (s *scope) functions(name string, args []string) []address.Address {
	schema, name, ok := functionPath(name)
	if !ok {
		return nil
	}
	c := sqlCatalog{l: s.l, text: sqlText{app: s.app, about: s.part}}
	return c.called(schema, name, args)
}

// functionPath returns the schema and the name in a call, if it is of no function of
// the language itself.
func functionPath(text string) (schema, name string, ok bool) {
	lower := strings.ToLower(text)
	if _, own := forms[lower]; own || slices.Contains(aggregates, lower) || keywords[lower] != "" {
		return "", "", false
	}
	if schema, name, ok = strings.Cut(lower, "::"); ok {
		return schema, name, true
	}
	return "", lower, true
}

// isGone reports the call of a function that is no longer there. It is true if it did.
func (s *scope) isGone(e *declare.Expr) bool {
	schema, name, ok := functionPath(e.Text)
	return ok && s.function(e.Text).IsZero() && s.names(functionName, schema, name, e)
}

// names reports a name of what is no longer there. It is true if it did.
func (s *scope) names(class, schema, name string, e *declare.Expr) bool {
	c := &sqlCatalog{l: s.l, text: sqlText{app: s.app}}
	was, ok := c.goneBy(class, schema, name)
	if ok {
		s.l.reportGone(declare.Place{Document: s.file, Span: e.Span}, s.what, gone{class, schema, name, was}, c, false)
	}
	return ok
}

// functionName returns the name of the function that a node calls, without a schema.
func (l *loader) functionName(call expression.Node) string {
	if len(call.Path) == 0 {
		return call.Text[strings.LastIndex(call.Text, ":")+1:]
	}
	l.namedBlocks()
	if t := l.named[call.Path[0].Address]; t != nil {
		if key, ok := l.topName(t, functionName); ok {
			return key.name
		}
	}
	return call.Path[0].Address.Name()
}

// called returns the call of a function as it is kept: that of a declared one by the
// object, if PostgreSQL keeps the expression so too, and else by its name.
func (s *scope) called(n expression.Node) expression.Node {
	found := s.functions(n.Text, s.l.typesOf(n.Args))
	if len(found) == 0 {
		return n
	}
	for _, f := range found {
		if s.kept {
			s.uses.ref(f, state.Exists)
		} else {
			s.uses.ref(f, state.Exists|state.Name)
		}
	}
	if !s.kept {
		return s.byName(n, found[0])
	}
	now := expression.Node{Kind: expression.Call, Path: []address.Ref{address.RefTo(found[0])}, Args: n.Args}
	s.uses.formerly(now, n, n)
	return now
}

// byName returns the call of a declared function by its name, with its schema where
// PostgreSQL would not look by itself.
func (s *scope) byName(n expression.Node, function address.Address) expression.Node {
	key, ok := s.l.topName(s.l.named[function], functionName)
	if !ok || key.schema == publicSchema || strings.Contains(n.Text, "::") {
		return n
	}
	now := n
	now.Text = key.schema + "::" + n.Text
	s.uses.formerly(now, n, n)
	return now
}
