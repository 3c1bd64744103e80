package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// forms are the functions of the model language itself: how many arguments they
// take, and how they are written.
var forms = map[string]struct {
	least, most int
	form        string
}{
	"in":          {2, 2, "in(x, [a, b])"},
	"between":     {3, 3, "between(x, low, high)"},
	"like":        {2, 2, `like(x, "pattern")`},
	"ilike":       {2, 2, `ilike(x, "pattern")`},
	"is_null":     {1, 1, "is_null(x)"},
	"is_not_null": {1, 1, "is_not_null(x)"},
	"cast":        {2, 2, "cast(x, type)"},
	"coalesce":    {1, 1 << 20, "coalesce(x, y)"},
	"concat":      {1, 1 << 20, "concat(a, b)"},
	"sql":         {1, 1, `sql("...")`},
	"field":       {1, 1, `field("NAME"), for a field whose name is no plain word`},
	"exists":      {1, 2, "exists(MODEL, condition)"},
	"select":      {2, 3, "in(x, select(MODEL, field, condition))"},
	"outer":       {1, 1, "outer(x), for what is of the row around the subquery"},
	"filtered":    {2, 2, "filtered(count(x), condition)"},
}

// aggregates are functions over many rows.
var aggregates = []string{
	"count", "sum", "avg", "min", "max", "distinct", "bool_and", "bool_or", "every", "array_agg",
	"string_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "stddev", "variance",
}

func (s *scope) call(e *declare.Expr) (expression.Node, bool) {
	if form, ok := forms[e.Text]; ok && (len(e.Args) < form.least || len(e.Args) > form.most) {
		s.wrong(e, fmt.Sprintf("wrong number of arguments of %s", e.Text), "", "write "+form.form)
		return expression.Node{}, false
	}
	switch e.Text {
	case "sql":
		return s.raw(e)
	case "cast":
		return s.cast(e)
	case "field":
		return s.quotedField(e)
	case "is_null", "is_not_null":
		return s.isNull(e)
	case "exists", "select", "outer":
		return s.subqueryCall(e)
	case "filtered":
		return s.filtered(e)
	}
	if sql, ok := keywords[strings.ToLower(e.Text)]; ok && len(e.Args) == 0 {
		return expression.Node{Kind: expression.SQL, Text: sql}, s.storable(e)
	}
	if !s.storable(e) || !s.allowed(e) || s.isGone(e) {
		return expression.Node{}, false
	}
	args, ok := s.arguments(e)
	if !ok || !s.shaped(e, args) || !s.takes(e, args) || !s.fits(e, args) {
		return expression.Node{}, false
	}
	if slices.Contains(comparing, strings.ToLower(e.Text)) {
		args = s.plain(s.typed(strings.ToLower(e.Text), args))
	}
	s.uses.call(e.Text)
	return s.called(expression.Node{Kind: expression.Call, Text: e.Text, Args: args}), true
}

// arguments translates the arguments of a function. Only that of in can be the
// rows of a subquery.
func (s *scope) arguments(e *declare.Expr) ([]expression.Node, bool) {
	if n, ok := s.objectNameOf(e); ok {
		rest, fine := s.all(e.Args[1:])
		return append([]expression.Node{n}, rest...), fine
	}
	if member := e.Text == "in"; member != s.member {
		other := *s
		other.member = member
		return other.all(e.Args)
	}
	return s.all(e.Args)
}

// quotedField translates field("Where Else"), a field whose name is no plain word.
func (s *scope) quotedField(e *declare.Expr) (expression.Node, bool) {
	name := strip(e.Args[0])
	if name.Kind != declare.String || s.model == nil {
		s.wrong(e, "field(...) takes the name of a field of the model, in quotes", s.noFields, "write "+forms["field"].form)
		return expression.Node{}, false
	}
	return s.path([]declare.Name{{Text: name.Text, Span: name.Span}})
}

// allowed reports functions that cannot be where the expression stands.
func (s *scope) allowed(e *declare.Expr) bool {
	name := strings.ToLower(e.Text)
	if slices.Contains(aggregates, name) && !s.aggregates {
		s.wrong(e, fmt.Sprintf("%s(...) cannot stand in %s", e.Text, s.what), "It is an aggregate, a function over many rows.",
			"name it in annotate = { ... } of a query and filter by that name")
		return false
	}
	if owner := s.l.catalog.otherCalls[name]; owner != "" && s.l.catalog.byCall[name] == nil {
		s.l.add(diag.Diagnostic{
			Severity: diag.Warning, Code: codeForeignCall, Range: declare.Place{Document: s.file, Span: e.Names[0].Span}.Range(),
			Summary: fmt.Sprintf("function %q may need plugin %q, which is not enabled", e.Text, owner),
			Detail:  "It is known as a function of an extension; unless the database has it otherwise, PostgreSQL will refuse it.",
			Next:    fmt.Sprintf("add to %s:\n    plugin %q {}", s.l.projectFile(), owner),
		})
	}
	return true
}

// shaped checks the arguments of the language's own functions.
func (s *scope) shaped(e *declare.Expr, args []expression.Node) bool {
	if e.Text != "in" && e.Text != "between" {
		return true
	}
	values := args[1:]
	if e.Text == "in" {
		if args[1].Kind == expression.Select {
			return true
		}
		if args[1].Kind != expression.List || len(args[1].Args) == 0 {
			s.wrong(e.Args[1], "the second argument of in(...) has to be a list of values", "", "write "+forms["in"].form)
			return false
		}
		values = args[1].Args
	}
	fine := true
	for i, v := range values {
		at := e.Args[1]
		if e.Text == "in" {
			at = strip(e.Args[1]).Args[i]
		}
		if v.Kind == expression.Null {
			s.wrong(at, "null among the values of "+e.Text+"(...)", "Nothing equals null.", "write x == null || in(x, [...])")
			return false
		}
		fine = s.enumValue(args[0], v, at) && fine
	}
	return fine
}

// isNull translates is_null(x) to x == null, so that both are the same.
func (s *scope) isNull(e *declare.Expr) (expression.Node, bool) {
	arg, ok := s.translate(e.Args[0])
	operator := map[string]string{"is_null": "==", "is_not_null": "!="}[e.Text]
	return expression.Node{
		Kind: expression.Operator, Text: operator,
		Args: []expression.Node{arg, {Kind: expression.Null}},
	}, ok
}

func (s *scope) cast(e *declare.Expr) (expression.Node, bool) {
	arg, fine := s.translate(e.Args[0])
	t, ok := typeReader{s.l, s.file, s.app}.read(e.Args[1])
	if !ok || !fine || !s.storableCast(e, arg, t) {
		return expression.Node{}, false
	}
	s.uses.ofType(t, state.Exists|state.Name|state.Definition)
	n := expression.Node{Kind: expression.Cast, Args: []expression.Node{arg}, Text: t.SQL}
	if t.Of != nil {
		n.Path = []address.Ref{*t.Of}
	}
	n.Text += strings.Repeat("[]", t.Dimensions)
	if t.valued() != nil && t.Dimensions == 0 && arg.Kind == expression.String {
		return n, s.l.isValue(declare.Place{Document: s.file, Span: e.Args[0].Span}, t.valued(), arg.Text)
	}
	return n, true
}
