package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A scope is where an expression stands: what its names mean and what it may do.
type scope struct {
	l     *loader
	file  *declare.Document
	app   *app            // of the text, for the names of types
	model *model          // whose fields it names; nil: it names none
	what  string          // for messages: `check "sane"`
	part  address.Address // the object that it is of, where that is known
	// follow: it may go through foreign keys to fields of other models.
	follow bool
	// aggregates: count, sum and the like may stand in it.
	aggregates bool
	// stored: PostgreSQL stores results, so that they must not change by themselves.
	stored bool
	// value: the word "value" is the value of a domain.
	value bool
	given *typ // that of this value
	// old: it says what values of this field become. "value" and its name are the field
	// as it was, and sql("...") is taken as it is.
	old address.Address
	// annotations are the names of a query's aggregates.
	annotations []string
	// query: it is part of a query, where subqueries can be and foreign keys are
	// followed backwards.
	query bool
	// member: it is the second argument of in(...).
	member bool
	// outer is the scope around a subquery.
	outer *scope
	// kept: PostgreSQL keeps the expression as what it names, so that it follows the
	// renames of functions, sequences and types by itself.
	kept bool
	// aspects are how an object depends on the fields that it names.
	aspects state.Aspects
	uses    *uses
	// parameters: fields cannot be named because of this, for the message.
	noFields string
}

// translate returns an expression as a node, and false after reporting what is
// wrong with it.
func (s *scope) translate(e *declare.Expr) (expression.Node, bool) {
	switch e.Kind {
	case declare.Paren:
		return s.translate(e.Args[0])
	case declare.Number:
		return expression.Node{Kind: expression.Number, Text: e.Text}, true
	case declare.String:
		return s.text(e)
	case declare.Bool:
		return expression.Node{Kind: expression.Bool, Text: e.Text}, true
	case declare.Null:
		return expression.Node{Kind: expression.Null}, true
	case declare.Word:
		return s.name(e)
	case declare.List:
		args, ok := s.all(e.Args)
		return expression.Node{Kind: expression.List, Args: args}, ok
	case declare.Call:
		return s.call(e)
	case declare.Operator:
		return s.operator(e)
	case declare.Conditional:
		args, ok := s.all(e.Args)
		ok = ok && s.holds(e.Args[0], args[0], "what stands before ?")
		return expression.Node{Kind: expression.Conditional, Args: args}, ok
	}
	s.refuse(e)
	return expression.Node{}, false
}

func (s *scope) all(list []*declare.Expr) ([]expression.Node, bool) {
	nodes, fine := make([]expression.Node, 0, len(list)), true
	for _, e := range list {
		n, ok := s.translate(e)
		fine = fine && ok
		nodes = append(nodes, n)
	}
	return nodes, fine
}

func (s *scope) wrong(e *declare.Expr, summary, detail, next string) {
	s.l.report(declare.Place{Document: s.file, Span: e.Span}, codeExpression, summary, detail, next)
}

func (s *scope) text(e *declare.Expr) (expression.Node, bool) {
	if strings.ContainsRune(e.Text, 0) {
		s.wrong(e, "the string has a zero byte in it", "PostgreSQL has no text with zero bytes.", "take it out")
		return expression.Node{}, false
	}
	return expression.Node{Kind: expression.String, Text: e.Text}, true
}

// refusals are the parts of HCL's expressions that the model language has no use for.
var refusals = map[declare.Kind][3]string{
	declare.Template: {"the string has ${...} or %{...} in it", "Strings are taken as they are; nothing in them is evaluated.", "write $${ for ${ and %%{ for %{, or concat(a, b) to join values"},
	declare.Index:    {"there is no indexing with [...]", "Expressions are translated to SQL and not evaluated.", "write a function, such as jsonb_extract_path_text(field, \"key\"), or sql(\"...\")"},
	declare.Splat:    {"there are no splat expressions", "Expressions are translated to SQL and not evaluated.", "write a foreign key and a field: topping.price"},
	declare.For:      {"there are no for expressions", "Expressions are translated to SQL and not evaluated.", "write the elements one by one"},
	declare.Access:   {"a field can be taken of a foreign key only", "", "write names with dots between them: topping.name"},
	declare.Expand:   {"there is no ... after an argument", "Expressions are translated to SQL and not evaluated.", "write the arguments one by one"},
	declare.Object:   {"there are no objects in expressions", "Expressions are translated to SQL and not evaluated.", "write JSON as a string: \"{}\""},
}

func (s *scope) refuse(e *declare.Expr) {
	r, ok := refusals[e.Kind]
	if !ok {
		r = [3]string{"this is no expression", "", "write an expression"}
	}
	s.wrong(e, r[0], r[1], r[2])
}

// sqlText reads the argument of sql("...").
func (l *loader) sqlText(f *declare.Document, e *declare.Expr) (string, bool) {
	if len(e.Args) == 1 {
		if arg := strip(e.Args[0]); arg.Kind == declare.String && strings.TrimSpace(arg.Text) != "" && !strings.ContainsRune(arg.Text, 0) {
			return arg.Text, true
		}
		if strip(e.Args[0]).Kind == declare.Template {
			l.report(declare.Place{Document: f, Span: e.Span}, codeExpression, refusals[declare.Template][0], refusals[declare.Template][1], "write $${ for ${ and %%{ for %{")
			return "", false
		}
	}
	l.report(declare.Place{Document: f, Span: e.Span}, codeExpression, "sql(...) takes one string", "It is used in SQL as it is.", `write sql("...")`)
	return "", false
}

// comparisons compare two values; a comparison of a comparison is a mistake.
var comparisons = []string{"==", "!=", "<", "<=", ">", ">="}

// enumValue checks text that is compared with a field of an enum.
func (s *scope) enumValue(field, value expression.Node, at *declare.Expr) bool {
	if field.Kind != expression.Field || value.Kind != expression.String {
		return true
	}
	f := s.l.fieldAt(field.Path[len(field.Path)-1].Address)
	if f == nil || f.typ == nil {
		return true
	}
	t := f.typ.base()
	if t.valued() == nil || t.Dimensions > 0 {
		return true
	}
	s.uses.ref(t.named.addr, state.Exists)
	return s.l.isValue(declare.Place{Document: s.file, Span: at.Span}, t.named, value.Text)
}

// isValue reports text that is no value of an enum.
func (l *loader) isValue(at declare.Place, e *top, text string) bool {
	if slices.Contains(e.values, text) {
		return true
	}
	l.report(at, codeEnum, fmt.Sprintf("%s %q has no value %q%s", e.word(), e.name, text, didYouMean(text, e.values)),
		fmt.Sprintf("Its values are %s.", strings.Join(quoted(e.values), ", ")),
		insteadQuoted(text, e.values, "add the value to the "+e.word()))
	return false
}

func quoted(list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = quote(text)
	}
	return out
}
