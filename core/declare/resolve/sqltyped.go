package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext/term"
)

// A typing knows the types of what a text in SQL names, as far as that is certain.
type typing struct {
	l     *loader
	app   *app
	model *model // nil: no columns
	value *typ   // of the word "value"; nil: there is none
}

// typing returns that of the scope.
func (s *scope) typing() typing { return typing{l: s.l, app: s.app, model: s.model, value: s.given} }

// typeOf returns the type of a term, or nil.
func (g typing) typeOf(t term.Term) *typ {
	switch t.Kind {
	case term.Column:
		return g.column(t.Parts)
	case term.Bool:
		return modelTypes["boolean"]
	case term.Keyword:
		return modelTypes[ofKeywords[t.Text]]
	case term.Cast:
		return castType(t.Text)
	case term.Call:
		return g.call(t)
	case term.Choice:
		for _, arg := range t.Args {
			if typ := g.typeOf(arg); typ != nil {
				return typ
			}
		}
	case term.Operator:
		if conditional(t.Text) {
			return modelTypes["boolean"]
		}
	}
	return nil
}

// ofKeywords are the types of values that are written without parentheses.
var ofKeywords = map[string]string{
	"current_date": "date", "current_time": "timetz", "current_timestamp": "timestamptz", "localtime": "time", "localtimestamp": "timestamp",
}

// conditional reports whether an operator of SQL says what is true or false.
func conditional(operator string) bool {
	return slices.Contains([]string{"AND", "OR", "NOT", "IS", "IN", "LIKE", "EXISTS", "=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*"}, operator)
}

// castType returns one of PostgreSQL's own types, or nil.
func castType(text string) *typ {
	n, err := pgtype.Parse(text)
	if _, own := n.Type(); err != nil || !own {
		return nil
	}
	return ownType(n)
}

// column returns the type of a column of the model, or of the value of a domain.
func (g typing) column(parts []string) *typ {
	name := parts[len(parts)-1]
	switch {
	case g.value != nil && g.model == nil && len(parts) == 1 && name == "value":
		return g.value
	case g.model == nil, len(parts) == 2 && !slices.Contains([]string{"new", "old", g.model.table}, parts[0]), len(parts) > 2:
		return nil
	}
	for _, f := range g.model.fields {
		if f.column == name && f.relation == nil {
			return f.typ
		}
	}
	return nil
}

// ofCalls are the types of functions that have one whatever they are given.
var ofCalls = map[string]string{
	"now": "timestamptz", "clock_timestamp": "timestamptz", "statement_timestamp": "timestamptz", "transaction_timestamp": "timestamptz", "to_char": "text",
	"gen_random_uuid": "uuid", "md5": "text", "char_length": "integer", "octet_length": "integer", "concat": "text", "concat_ws": "text", "cardinality": "integer",
	"starts_with": "boolean",
}

func (g typing) call(t term.Term) *typ {
	name, own := g.builtin(t)
	if !own {
		return nil
	}
	if result := ofCalls[name]; result != "" {
		return modelTypes[result]
	}
	if result, known := pgtype.Result(name); known && len(t.Args) > 0 && g.sortOf(t.Args[0]) == text {
		return modelTypes[result]
	}
	return nil
}

// builtin returns the name of a function that a call means, if it is PostgreSQL's.
func (g typing) builtin(t term.Term) (string, bool) {
	name := t.Parts[len(t.Parts)-1]
	if len(t.Parts) == 1 {
		c := sqlCatalog{l: g.l, text: sqlText{app: g.app}}
		_, declared := c.object(functionName, "", name)
		return name, !declared
	}
	return name, len(t.Parts) == 2 && t.Parts[0] == "pg_catalog"
}

// sortOf returns what kind of value a term has. A literal in quotes is of every sort.
func (g typing) sortOf(t term.Term) sort {
	switch {
	case t.Kind == term.Number:
		return number
	case t.Kind == term.Choice:
		for _, arg := range t.Args {
			if have := g.sortOf(arg); have != unsure {
				return have
			}
		}
	case t.Kind == term.Operator && len(t.Args) == 1 && t.Text == "-":
		return g.sortOf(t.Args[0])
	case t.Kind == term.Operator && len(t.Args) == 2 && strings.Contains("+-*/%", t.Text):
		if g.sortOf(t.Args[0]) == number && g.sortOf(t.Args[1]) == number {
			return number
		}
	case t.Kind == term.Operator && t.Text == "||":
		if slices.ContainsFunc(t.Args, func(arg term.Term) bool { return g.sortOf(arg) == text }) && !slices.ContainsFunc(t.Args, g.isNeitherText) {
			return text
		}
	}
	if t.Kind == term.Operator && !conditional(t.Text) {
		return unsure
	}
	return sortOfType(g.typeOf(t))
}

// isNeitherText reports whether a term may be something else than text.
func (g typing) isNeitherText(t term.Term) bool {
	return t.Kind != term.String && g.sortOf(t) != text
}

// A misuse is a term that cannot be where it stands, and why.
type misuse struct {
	term            term.Term
	what, why, next string
}

// condition returns what makes a term no condition, or nil.
func (g typing) condition(t term.Term, what string) *misuse {
	if t.Kind == term.Operator && slices.Contains([]string{"AND", "OR", "NOT"}, t.Text) {
		for _, arg := range t.Args {
			if m := g.condition(arg, "an operand of "+t.Text); m != nil {
				return m
			}
		}
		return nil
	}
	if have := g.sortOf(t); have != unsure && have != condition {
		return &misuse{t, fmt.Sprintf("%s is %s, not a condition", what, have), "A condition is true or false for each row.", "compare it with something, such as x > 0"}
	}
	return nil
}

// operators returns the first operator for whose operands PostgreSQL has none, or nil.
func (g typing) operators(t term.Term) (found *misuse) {
	t.All(func(t term.Term) {
		if found == nil && t.Kind == term.Operator {
			found = g.operator(t)
		}
	})
	return found
}

func (g typing) operator(t term.Term) *misuse {
	switch {
	case t.Text == "AND" || t.Text == "OR" || t.Text == "NOT":
		return g.condition(t, "")
	case len(t.Args) == 2 && slices.Contains([]string{"=", "<>", "!=", "<", ">", "<=", ">="}, t.Text):
		left, right := g.sortOf(t.Args[0]), g.sortOf(t.Args[1])
		if left != unsure && right != unsure && left != right {
			return &misuse{t, fmt.Sprintf("%s is compared with %s", left, right), "PostgreSQL has no such operator.", "write a cast such as x::text around one of the two"}
		}
	case strings.Contains("+-*/", t.Text):
		for _, arg := range t.Args {
			if have := g.sortOf(arg); have == condition || have == text {
				return &misuse{arg, fmt.Sprintf("%s with %s", t.Text, have), "PostgreSQL has no such operator.", "write x::numeric if the text holds a number, || to join text"}
			}
		}
	}
	return nil
}

// stored returns what keeps PostgreSQL from storing the result of a term, or nil.
func (g typing) stored(t term.Term, what string) (found *misuse) {
	t.All(func(t term.Term) {
		if form, volatile := g.changing(t); found == nil && form != "" {
			why := "PostgreSQL stores the result, and that of this depends on settings such as the time zone, or on the time: it is stable, not immutable."
			if volatile {
				why = "PostgreSQL stores the result, which this function would give anew each time."
			}
			found = &misuse{t, fmt.Sprintf("%s cannot stand in %s", form, what), why, g.instead(t)}
		}
	})
	return found
}

// instead says what to write in place of a term that is not always the same.
func (g typing) instead(t term.Term) string {
	switch {
	case t.Kind == term.Call && t.Parts[len(t.Parts)-1] == "concat":
		return "write a || b"
	case slices.ContainsFunc(t.Args, g.isZoned):
		return "name the time zone: x AT TIME ZONE 'UTC'"
	}
	return "take it out"
}

// changing returns what a term is if its result is not always the same.
func (g typing) changing(t term.Term) (form string, volatile bool) {
	switch t.Kind {
	case term.Keyword:
		return t.Text, false
	case term.Cast:
		from, to := g.typeOf(t.Args[0]), castType(t.Text)
		if from != nil && to != nil && pgtype.StableCast(from.known(), to.known()) {
			return fmt.Sprintf("a cast from %s to %s", from, to), false
		}
	case term.Call:
		name, own := g.builtin(t)
		switch {
		case !own:
		case pgtype.Volatile(name):
			return name + "(...)", true
		case pgtype.Stable(name), name == "concat", g.zoned(name, t.Args):
			return name + "(...)", false
		}
	case term.Operator:
		if len(t.Args) == 2 && g.isZoned(t.Args[0]) && (t.Text == "+" || t.Text == "-") && g.is(t.Args[1], "interval") {
			return fmt.Sprintf("timestamptz %s interval", t.Text), false
		}
	}
	return "", false
}

// zoned reports whether a function takes a time with the session's time zone.
func (g typing) zoned(name string, args []term.Term) bool {
	switch name {
	case "date_trunc", "date_part":
		return len(args) >= 2 && g.isZoned(args[1])
	case "extract":
		return len(args) == 1 && g.isZoned(args[0])
	}
	return false
}

func (g typing) isZoned(t term.Term) bool { return g.is(t, "timestamptz") }

func (g typing) is(t term.Term, name string) bool {
	typ := g.typeOf(t)
	return typ != nil && typ.base().is(name)
}
