package resolve

import (
	"strings"

	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// A typ is a resolved type. It does not change.
type typ struct {
	kinds.Type
	// name is the type if it is one of PostgreSQL's own, without dimensions; else
	// the zero Name.
	name      pgtype.Name
	named     *top
	extension string // the name of a type that comes with an extension
}

// own reports whether the type, or that of the elements, is one of PostgreSQL's.
func (t *typ) own() bool {
	_, ok := t.name.Type()
	return ok
}

// serial reports whether a field of the type numbers its rows.
func (t *typ) serial() bool {
	own, _ := t.name.Type()
	return own.Serial()
}

// category returns that of the values, or of the elements of an array.
func (t *typ) category() pgtype.Category { return t.name.Category() }

// is reports whether the type is one of PostgreSQL's, by our spelling without
// arguments, and no array.
func (t *typ) is(name string) bool {
	own, ok := t.name.Type()
	return ok && own.Name() == name && t.Dimensions == 0
}

// takes reports whether PostgreSQL assigns values of another type, given by its
// name, to the type.
func (t *typ) takes(other string) bool {
	return pgtype.Between(other, t.name.Base()) >= pgtype.Assignment
}

// valued returns the declared type whose values are listed, or nil.
func (t *typ) valued() *top {
	if t.named != nil && t.named.kind.Type.Values != "" {
		return t.named
	}
	return nil
}

// base returns the type under declared types that are built on another one.
func (t *typ) base() *typ {
	for range 32 {
		if t.named == nil || t.Dimensions > 0 || t.named.under == nil {
			return t
		}
		t = t.named.under
	}
	return t
}

// known returns what pgtype calls the type, "enum" for any type whose values are
// listed, or "" if PostgreSQL does not have it from itself.
func (t *typ) known() string {
	if t = t.base(); t.Dimensions > 0 {
		element := *t
		element.Dimensions = 0
		name := element.known()
		if name == "" || strings.HasSuffix(name, "]") {
			return "" // arrays of a type that is an array itself are no arrays of its elements
		}
		return name + strings.Repeat("[]", t.Dimensions)
	}
	if t.valued() != nil {
		return "enum"
	}
	return t.name.String()
}

// className names a type as implications of operator classes do.
func (t *typ) className() string {
	if t == nil {
		return ""
	}
	t = t.base()
	name := t.SQL
	switch {
	case t.valued() != nil:
		name = t.valued().kind.Name
	case t.own():
		name, _, _ = strings.Cut(t.SQL, "(")
	}
	return name + strings.Repeat("[]", t.Dimensions)
}

// String returns the type as the user would write it.
func (t *typ) String() string {
	text := t.SQL
	if t.Of != nil {
		text = t.Of.Address.Name()
	}
	if t.Several {
		text = kinds.Multirange(text)
	}
	for range t.Dimensions {
		text = "array(" + text + ")"
	}
	return text
}

// sqlName returns a type as SQL, for what is compared only.
func (t *typ) sqlName() string {
	if t == nil {
		return ""
	}
	name := t.SQL
	if t.Of != nil {
		name = t.Of.Address.Path()
	}
	if t.Several {
		name = kinds.Multirange(name)
	}
	return name + strings.Repeat("[]", t.Dimensions)
}
