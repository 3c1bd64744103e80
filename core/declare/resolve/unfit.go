package resolve

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A call of a declared function with what neither it nor another one of the name takes is
// a mistake where it stands: PostgreSQL would say so in the middle of a migration. What may
// be another function than a declared one is none.

// unfit reports whether a call of functions of the project passes what none of them takes.
// Args are the types of what is passed, each empty where it is not known; nil where not
// even their number is.
func (c *sqlCatalog) unfit(schema, name string, args []string) bool {
	if args == nil || c.l.tree.Server || c.l.incomplete || c.elsewhere(schema, name, args) {
		return false
	}
	passed := plainAll(args)
	candidates := c.candidates(schema, name)
	return len(candidates) > 0 && !slices.ContainsFunc(candidates, func(t *top) bool {
		return !t.listsArguments() || c.l.overload(t).takes(passed)
	})
}

// candidates returns the blocks of all functions that a name can mean.
func (c *sqlCatalog) candidates(schema, name string) []*top {
	c.l.namedBlocks()
	var all []*top
	for _, s := range c.schemas(schema) {
		all = append(all, c.l.overloads[nameKey{class: functionName, schema: s, name: name}]...)
	}
	return all
}

// listsArguments reports whether the kind of a block says what its functions take.
func (t *top) listsArguments() bool {
	return slices.ContainsFunc(t.owned.option.Shape.Attrs, func(a detect.Attr) bool { return a.Type == detect.TypeArguments })
}

// elsewhere reports whether a call may mean something that is no declared function: one of
// PostgreSQL or of an extension, one that a statement in SQL makes, a type, a column.
func (c *sqlCatalog) elsewhere(schema, name string, args []string) bool {
	calls := c.l.catalog
	switch {
	case schema == "" && pgtype.IsFunction(name), calls.byCall[name] != nil, calls.otherCalls[name] != "":
		return true
	case len(args) == 1 && (c.isTypeName(schema, name) || args[0] == "" && c.isColumn(name)):
		return true
	}
	return c.l.inStatement(name)
}

// isTypeName reports whether name(x) may be a cast.
func (c *sqlCatalog) isTypeName(schema, name string) bool {
	_, relation := c.relation(schema, name)
	return relation || c.block(typeName, schema, name) != nil
}

// isColumn reports whether name(row) may be a column of a row.
func (c *sqlCatalog) isColumn(name string) bool {
	for _, s := range c.l.selectables() {
		if slices.ContainsFunc(s.columns, func(column column) bool { return column.name == name }) {
			return true
		}
	}
	return false
}

// inStatement reports whether a name stands in a statement in SQL that makes something
// which the models have no word for.
func (l *loader) inStatement(name string) bool {
	if l.spoken == nil {
		l.spoken = map[string]bool{}
		l.eachApp(func(l *loader, a *app) {
			for _, t := range a.tops {
				l.speak(t)
			}
		})
	}
	return l.spoken[name]
}

// speak notes the names in the statements of a block.
func (l *loader) speak(t *top) {
	r := l.topReader(t)
	for _, a := range t.owned.option.Shape.Attrs {
		if a.Type != detect.TypeSQL || a.SQL != detect.SQLStatement {
			continue
		}
		draft, _ := r.sqlDraft(a)
		for token := range sqltext.Scan(draft.text) {
			if word, named := token.Identifier(); named {
				l.spoken[word] = true
			}
		}
	}
}

// checkCalls reports the calls in a text that no function takes. It is false if one of
// them is an error.
func (l *loader) checkCalls(t sqlText, a *parser.Analysis, c *sqlCatalog) bool {
	for _, u := range a.Unfit {
		call := unfitCall{Unfit: u, what: t.what, late: t.late()}
		l.reportUnfit(t.place(u.Begin, u.End), call, c)
	}
	return len(a.Unfit) == 0 || t.late()
}

// fits reports an expression that calls a function with what none takes. It is false if it
// did.
func (s *scope) fits(e *declare.Expr, args []expression.Node) bool {
	schema, name, ok := functionPath(e.Text)
	c := &sqlCatalog{l: s.l, text: sqlText{app: s.app}}
	types := s.l.typesOf(args)
	if !ok || !c.unfit(schema, name, types) {
		return true
	}
	u := parser.Unfit{Schema: schema, Name: name, Passed: parser.Passing(types)}
	s.l.reportUnfit(declare.Place{Document: s.file, Span: e.Span}, unfitCall{Unfit: u, what: s.what}, c)
	return false
}

// An unfitCall is a call that no function takes, and where it stands.
type unfitCall struct {
	parser.Unfit
	what string // for messages
	late bool   // PostgreSQL looks for the function only when it is run
}

// reportUnfit reports a call that no function takes.
func (l *loader) reportUnfit(at declare.Place, call unfitCall, c *sqlCatalog) {
	d := diag.Diagnostic{
		Code: codeCall, Range: at.Range(),
		Summary: fmt.Sprintf("%s calls %s, which no function of that name takes", call.what, call),
		Detail:  fmt.Sprintf("There is %s.", strings.Join(c.forms(call.Schema, call.Name), ", ")),
		Next:    fmt.Sprintf("pass what it takes, or declare another function with the name %q", call.Name),
	}
	if call.late {
		d.Severity, d.Detail = diag.Warning, d.Detail+" PostgreSQL looks for it when the function is called, and fails then."
	}
	if at.Document == nil || !at.Document.Broken {
		l.add(d)
	}
}

// String says what is called: with the types, if all are known, else with how many
// arguments.
func (u unfitCall) String() string {
	types := strings.Split(strings.TrimSuffix(u.Passed, "\x1f"), "\x1f")
	switch {
	case u.Passed == "":
		return u.Name + "()"
	case !slices.Contains(types, ""):
		return u.Name + "(" + strings.Join(types, ", ") + ")"
	case len(types) == 1:
		return u.Name + " with 1 argument"
	}
	return fmt.Sprintf("%s with %d arguments", u.Name, len(types))
}

// forms returns what can be called by a name, sorted.
func (c *sqlCatalog) forms(schema, name string) []string {
	var all []string
	for _, t := range c.candidates(schema, name) {
		all = append(all, c.l.overload(t).form(name))
	}
	slices.Sort(all)
	return all
}

// form says how an overload is called.
func (o overload) form(name string) string {
	types := make([]string, len(o.Types))
	for i, typ := range o.Types {
		types[i] = strings.TrimPrefix(typ, "several ")
	}
	text := address.Quote(name) + "(" + strings.Join(types, ", ") + ")"
	switch {
	case o.Most == math.MaxInt:
		return fmt.Sprintf("%s with %d or more arguments", text, o.Least)
	case o.Most > o.Least:
		return fmt.Sprintf("%s with %d to %d arguments", text, o.Least, o.Most)
	}
	return text
}
