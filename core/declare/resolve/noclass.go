package resolve

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// noClass reports a key for which its index method has no operator class.
func (l *loader) noClass(what string, k typedKey) {
	method := or(k.of.method, "btree")
	if method == "btree" {
		l.noOrder(codeIndex, what, k)
		return
	}
	summary := fmt.Sprintf("%s is over %s, for which method %s has no default operator class", what, k, method)
	detail := "PostgreSQL would refuse it, unless an operator class is named."
	if element, array := k.element(); array {
		if _, ok := pgtype.DefaultClass(method, k.typ.known()); ok {
			summary = fmt.Sprintf("%s is over %s, whose elements method %s cannot tell apart", what, k, method)
			detail = fmt.Sprintf("It compares the elements of arrays; %s has no operators for that.", element)
		}
	}
	l.report(k.at, codeIndex, summary, detail, k.next())
}

// noOrder reports a key of a type that has no order, which btree and constraints
// need.
func (l *loader) noOrder(code, what string, k typedKey) {
	name := k.typ.base().String()
	have := "which has no order"
	if element, array := k.element(); array {
		name, have = element, "whose elements have no order"
	}
	l.report(k.at, code, fmt.Sprintf("%s is over %s, %s", what, k, have),
		fmt.Sprintf("A unique constraint and an index of method btree compare values; %s has no operators for that.", name), k.next())
}

// element returns the type of an array's elements.
func (k typedKey) element() (name string, array bool) {
	name, _, array = strings.Cut(k.typ.known(), "[")
	return name, array
}

// String names the key for messages.
func (k typedKey) String() string {
	if k.field == nil {
		return "an expression of type " + k.typ.String()
	}
	return fmt.Sprintf("field %q of type %s", k.field.name, k.typ)
}

// next says what to write instead.
func (k typedKey) next() string {
	switch name, _ := k.element(); {
	case name == "json" && k.field != nil && k.of.primary:
		return fmt.Sprintf("give field %q the type %s", k.field.name, k.jsonb())
	case name == "json" && k.field != nil:
		return fmt.Sprintf("give field %q the type %s, or index an expression over it", k.field.name, k.jsonb())
	case k.of.argument == "":
		return fmt.Sprintf("give field %q another type", k.field.name)
	}
	next := "name an operator class: opclass(" + k.name() + ", NAME)"
	if others := k.methods(); len(others) > 0 {
		next = "write " + k.of.argument + " = " + oneOf(others) + ", or " + next
	}
	return next
}

// jsonb returns the type that has what json lacks.
func (k typedKey) jsonb() string {
	t := *modelTypes["jsonb"]
	t.Dimensions = strings.Count(k.typ.known(), "[")
	return t.String()
}

// name is how the key stands in the list of keys.
func (k typedKey) name() string {
	switch {
	case k.field == nil:
		return "..."
	case !identifier().MatchString(k.field.name):
		return quote(k.field.name)
	}
	return k.field.name
}

// methods returns the other methods that can be used.
func (k typedKey) methods() []string {
	var others []string
	for _, method := range methods {
		able := !k.of.unique && !(k.of.exclusion && (method == "gin" || method == "brin"))
		if able && hasOwnClass(method, k.typ.known()) {
			others = append(others, method)
		}
	}
	return others
}
