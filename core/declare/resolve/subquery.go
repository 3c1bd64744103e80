package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// subqueryCall translates exists(MODEL, condition), select(MODEL, field,
// condition) as the second argument of in, and outer(x).
func (s *scope) subqueryCall(e *declare.Expr) (expression.Node, bool) {
	switch {
	case !s.query:
		s.wrong(e, fmt.Sprintf("%s(...) cannot stand in %s", e.Text, s.what), "It is part of a query over several rows.",
			"write it in a filter of a query")
	case e.Text == "outer" && s.outer == nil:
		s.wrong(e, "outer(...) stands in no subquery", "It names what is of the row around a subquery.", "write its argument without outer(...)")
	case e.Text == "select" && !s.member:
		s.wrong(e, "select(...) stands in in(x, select(...)) only", "It can have several values.", "write "+forms["select"].form)
	case e.Text == "outer":
		n, ok := s.outer.translate(e.Args[0])
		return expression.Node{Kind: expression.Outer, Args: []expression.Node{n}}, ok
	default:
		return s.subquery(e)
	}
	return expression.Node{}, false
}

// subquery translates a subquery. Names in it are of the model that it is over.
func (s *scope) subquery(e *declare.Expr) (expression.Node, bool) {
	m := s.l.lookModel(s.file, s.app, e.Args[0])
	if m == nil {
		return expression.Node{}, false
	}
	s.uses.ref(m.addr, state.Exists|state.Name)
	inner := *s
	inner.model, inner.outer, inner.annotations, inner.aggregates, inner.member = m, s, nil, false, false
	args, ok := inner.all(e.Args[1:])
	if !ok {
		return expression.Node{}, false
	}
	all := expression.Node{Kind: expression.Bool, Text: "true"}
	n := expression.Node{Kind: expression.Select, Path: []address.Ref{address.RefTo(m.addr)}}
	if e.Text == "exists" {
		n.Args = append(args, all)[:1]
		return expression.Node{Kind: expression.Call, Text: "exists", Args: []expression.Node{n}}, true
	}
	value, rest := args[0], append(args[1:], all)
	n.Args = []expression.Node{rest[0], value}
	return n, true
}

// filtered translates filtered(aggregate, condition).
func (s *scope) filtered(e *declare.Expr) (expression.Node, bool) {
	if !s.aggregates {
		s.wrong(e, fmt.Sprintf("%s(...) cannot stand in %s", e.Text, s.what), "It is an aggregate, a function over many rows.",
			"name it in annotate = { ... } of a query and filter by that name")
		return expression.Node{}, false
	}
	aggregate, ok := s.translate(e.Args[0])
	row := *s
	row.aggregates = false
	condition, fine := row.translate(e.Args[1])
	if !ok || !fine {
		return expression.Node{}, false
	}
	if aggregate.Kind != expression.Call || aggregate.Text == "filtered" {
		s.wrong(e.Args[0], "the first argument of filtered(...) has to be an aggregate", "The condition says which rows it is over.", "write "+forms["filtered"].form)
		return expression.Node{}, false
	}
	return expression.Node{Kind: expression.Call, Text: "filtered", Args: []expression.Node{aggregate, condition}}, true
}

// reverse returns the foreign key that leads to a model from the one that names
// begin with, MODEL or APP.MODEL, and how many of them it has read. Without a
// foreign key they are 0, or after reporting a mistake more.
func (s *scope) reverse(to *model, names []declare.Name) (back *field, read int) {
	from := s.app.models[names[0].Text]
	read = 1
	if other := s.l.apps[names[0].Text]; from == nil && other != nil && len(names) > 1 {
		from, read = other.models[names[1].Text], 2
	}
	if from == nil {
		return nil, 0
	}
	for _, f := range from.fields {
		if f.relation == nil || f.relation.many || f.relation.target != to {
			continue
		}
		if back != nil {
			s.ambiguous(to, back, f, names[0])
			return nil, read
		}
		back = f
	}
	if back == nil || back.relation.field == nil {
		return nil, 0
	}
	s.uses.ref(from.addr, state.Exists|state.Name)
	s.uses.ref(back.addr, s.aspects)
	s.uses.ref(back.relation.field.addr, s.aspects)
	return back, read
}

func (s *scope) ambiguous(to *model, a, b *field, n declare.Name) {
	s.l.report(declare.Place{Document: s.file, Span: n.Span}, codeExpression,
		fmt.Sprintf("model %q leads to model %q by two foreign keys, %q and %q", a.model.name, to.name, a.name, b.name),
		"It is not said which of them is meant.",
		fmt.Sprintf("write exists(%s, %s == outer(%s))", a.model.name, a.name, a.relation.field.name))
}
