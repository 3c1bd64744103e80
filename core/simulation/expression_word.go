package simulation

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// literal goes behind a string, which may be the name of a relation.
func (x *expression) literal() {
	at := x.offset()
	named := x.before("(") && x.i > 1 && slices.ContainsFunc([]string{"nextval", "currval", "setval"}, x.tokens[x.i-2].Is)
	value := x.value()
	if value == "" {
		x.i++
	}
	if named || x.is(":", ":", "regclass") || x.is(":", ":", "pg_catalog", ".", "regclass") {
		if schema, name := newCursor(value, nil).qualified(); schema != "" {
			x.out.add(Effect{Verb: Refers, Name: relation(schema, name), Offset: at})
		}
	}
}

// word goes behind a name with those that dots tie to it, or behind anything else.
func (x *expression) word() {
	begin := x.i
	x.widen()
	var parts []string
	for x.more() {
		part := x.identifier()
		if part == "" {
			break
		}
		parts = append(parts, part)
		if !x.is(".") || x.i+1 >= x.end {
			break
		}
		if _, named := x.tokens[x.i+1].Identifier(); !named {
			x.i += 2 // of all columns, or an operator
			return
		}
		x.i++
	}
	x.i = max(x.i, begin+1)
	if begin > 0 && (x.tokens[begin-1].Is(".") || x.tokens[begin-1].Is("collate")) {
		return
	}
	x.named(begin, parts)
}

// widen takes in that a query has more than one relation, if the next word says so.
func (x *expression) widen() {
	if x.is("select") {
		x.selects++
	}
	if x.isAny([]string{"with", "window", "union", "intersect", "except"}) {
		x.items += 2
	}
}

// named takes in a name.
func (x *expression) named(begin int, parts []string) {
	at := x.tokens[begin].Offset
	literal := x.more() && x.tokens[x.i].Kind.Quoted() && x.tokens[x.i].Kind != sqltext.QuotedName
	switch {
	case len(parts) == 2 && x.is("("):
		x.function(parts[0], parts[1], at)
	case len(parts) == 2 && literal:
		x.typed(x.part(begin, x.i).text(x.i), at)
	case len(parts) == 2:
		x.dotted = append(x.dotted, dotted{of: parts[0], column: parts[1], at: at})
	case len(parts) == 1 && !literal && !x.is("("):
		x.alone(begin, parts[0])
	}
}

// call returns the number of arguments of the call whose parentheses come next, plus
// one; 0 where it is not known.
func (x *expression) call() int {
	inner, _ := x.part(x.i, x.end).inside()
	if inner.part(inner.i, inner.end).until("variadic", "*", "order") {
		return 0
	}
	return len(inner.items()) + 1
}

// alone takes in a name that stands alone, if it can be that of a column.
func (x *expression) alone(begin int, name string) {
	t := x.tokens[begin]
	if t.Kind == sqltext.Word && (address.Reserved(name) || strings.Contains(grammar, " "+name+" ")) {
		return
	}
	x.labels[name] = x.labels[name] || begin > 0 && x.tokens[begin-1].Is("as") || x.behindOperand(begin)
	if !x.special(begin) {
		x.bare = append(x.bare, Effect{Verb: Refers, Name: Name{Class: detect.NamesColumn, Name: name}, Offset: t.Offset})
	}
}

// grammar are words that stand alone and are no columns, beside the reserved ones.
const grammar = " by set insert update delete merge conflict nothing overriding system value first next rows ties share nowait skip locked over filter within " +
	"partition preceding following unbounded nulls last recursive materialized ordinality matched varying double escape uescape zone system_user range groups " +
	"constraint json variadic of "

// behindOperand reports whether a token comes behind an operand: it is a label.
func (x *expression) behindOperand(i int) bool {
	if i == 0 {
		return false
	}
	t := x.tokens[i-1]
	name, named := t.Identifier()
	switch {
	case t.Kind == sqltext.Number, t.Kind == sqltext.Parameter, t.Kind.Quoted(), t.Text == ")", t.Text == "]":
		return true
	case !named:
		return false
	}
	switch name {
	case "end", "null", "true", "false", "current_date", "current_timestamp", "current_user":
		return true
	}
	return !address.Reserved(name) && !strings.Contains(grammar, " "+name+" ")
}

// special reports whether a token is part of something that PostgreSQL has a grammar of
// its own for.
func (x *expression) special(i int) bool {
	if x.is("=", ">") || x.is(":", "=") || x.tokens[i].Is("at") && (x.is("time") || x.is("local")) {
		return true
	}
	if i == 0 {
		return false
	}
	opened := x.opened[len(x.opened)-1]
	before := x.tokens[i-1]
	switch {
	case opened == "extract" && before.Text == "(", strings.HasPrefix(opened, "xml"), strings.HasPrefix(opened, "json"), opened == "normalize":
		return true
	case before.Is("not"):
		return i > 1 && x.tokens[i-2].Is("is")
	}
	for _, word := range []string{"is", "as", "to", "of", "time", "at", "local", "constraint", "json", "index"} {
		if before.Is(word) {
			return true
		}
	}
	return x.behindOperand(i)
}
