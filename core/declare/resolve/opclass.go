package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// A keyOwner is what keys are of: an index or an exclusion constraint.
type keyOwner struct {
	method            string // empty: btree
	unique, exclusion bool
	primary           bool   // a primary key
	argument          string // that names the method
}

// A typedKey is a key with what is known of its type.
type typedKey struct {
	of    keyOwner
	at    declare.Place
	field *field // nil: an expression
	typ   *typ
}

// classes notes the operator classes that keys take by default, which can come with
// an extension, and reports keys for which there is none. It is false if it did.
func (w *partReader) classes(of keyOwner, keys []kinds.Key, list *declare.Attr) bool {
	fine := true
	for i, k := range keys {
		if k.Opclass != "" || w.extensionClass(of.method, k) {
			continue
		}
		key := typedKey{of: of, at: declare.Place{Document: w.file, Span: strip(strip(list.Value).Args[i]).Span}, typ: w.b.l.typeOf(k.Value)}
		if k.Value.Kind == expression.Field {
			key.field = w.b.l.fieldAt(k.Value.Path[0].Address)
		}
		if key.typ != nil && !w.b.l.hasClass(or(of.method, "btree"), key.typ) {
			w.b.l.noClass(w.what, key)
			fine = false
		}
	}
	return fine
}

// extensionClass notes the default operator class of a key as one that an extension
// can bring, and reports one of a plugin that is not enabled. It is true if it did.
func (w *partReader) extensionClass(method string, k kinds.Key) (reported bool) {
	c := w.b.l.catalog
	name := w.b.l.classOf(k.Value)
	if method == "" || name == "" {
		return false
	}
	class := method + ":" + name
	owner := c.otherOpclasses[class]
	reported = owner != "" && c.byOpclass[class] == nil
	if reported {
		what := "an expression"
		if k.Value.Kind == expression.Field {
			what = fmt.Sprintf("field %q", w.b.l.fieldAt(k.Value.Path[0].Address).name)
		}
		w.b.l.notEnabled(w.at(), fmt.Sprintf("method %s over %s of type %s", method, what, name), owner)
	}
	w.uses.opclass(class)
	return reported
}

// hasClass reports whether an index method has a default operator class for a type.
// Of methods and types that are not PostgreSQL's own it takes that they have.
func (l *loader) hasClass(method string, t *typ) bool {
	name := t.known()
	if name == "" || !slices.Contains(methods, method) {
		return true
	}
	key := [2]string{method, name}
	found, asked := l.classed[key]
	if !asked {
		found = hasOwnClass(method, name) || l.catalog.bringsClass(method, name)
		l.classed[key] = found
	}
	return found
}

// hasOwnClass reports whether PostgreSQL brings a default operator class, and one
// for the elements of an array by which it compares them.
func hasOwnClass(method, name string) bool {
	_, ok := pgtype.DefaultClass(method, name)
	if element, _, array := strings.Cut(name, "["); array && ok {
		_, ok = pgtype.DefaultClass(elementMethod(method), element)
	}
	return ok
}

// elementMethod returns the method whose operator classes say how another one
// compares the elements of arrays.
func elementMethod(method string) string {
	if method == "gin" {
		return "btree"
	}
	return method
}

// bringsClass reports whether some extension is known to bring a default operator
// class for one of PostgreSQL's types.
func (c *catalog) bringsClass(method, name string) bool {
	class := method + ":" + name
	if n, err := pgtype.Parse(name); err == nil {
		class = method + ":" + n.Base()
		if n.Dimensions() > 0 {
			class += "[]"
		}
	}
	return c.byOpclass[class] != nil || c.otherOpclasses[class] != ""
}

// ordered reports fields of a constraint whose types have no order. It is false if
// it did.
func (l *loader) ordered(code, what string, fields []*field, at func(*field) declare.Place) bool {
	fine := true
	for _, f := range fields {
		if f.typ != nil && !l.hasClass("btree", f.typ) {
			l.noOrder(code, what, typedKey{of: keyOwner{primary: code == codePrimaryKey}, at: at(f), field: f, typ: f.typ})
			fine = false
		}
	}
	return fine
}
