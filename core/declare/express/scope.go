package express

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A scope is where something is said: what its names mean there.
type scope struct {
	x      *expresser
	app    source.App
	object address.Address // that is said, for omissions
	model  address.Address // whose fields are named; zero: none are
	// given: the word "value" is the value of a domain.
	given bool
	// outer is the scope around a subquery.
	outer *scope
	// failed, if set, is told when something cannot be said.
	failed *bool
}

// fail omits a part of the object. It returns nil, for what could not be said.
func (s *scope) fail(format string, args ...any) *declare.Expr {
	s.x.omit(s.object, fmt.Sprintf(format, args...))
	if s.failed != nil {
		*s.failed = true
	}
	return nil
}

// modelName returns the name of a model as it is written in the app: NAME or
// APP.NAME.
func (s *scope) modelName(a address.Address) *declare.Expr {
	if m := s.x.state.Get(a); a.Kind() != kinds.ModelKind || m == nil || !m.Parent.IsZero() {
		return s.fail("it names %s, which is no model that is written", a)
	}
	return s.topName(a)
}

// topName returns the name of an object that stands by itself, as it is written in
// the app.
func (s *scope) topName(a address.Address) *declare.Expr { return s.topWord(a, a.Names()) }

// topWord returns the names of an object that stands by itself as they are written in
// the app.
func (s *scope) topWord(a address.Address, names []string) *declare.Expr {
	switch {
	case len(names) == 1 && s.x.catalog.option(a.Kind(), detect.OnProject) != nil:
		return named(names[0])
	case len(names) != 2:
		return s.fail("it names %s, which no app declares", a)
	case names[0] == s.app.Label:
		return named(names[1])
	case !isPath(names):
		return s.fail("it names %s, whose name cannot stand behind that of its app", a)
	}
	return word(names...)
}

// fieldName returns the name of a field of the model.
func (s *scope) fieldName(a address.Address) *declare.Expr {
	if a.Kind() != kinds.FieldKind || !isIn(a, s.model) {
		return s.fail("it names %s, which is no field of its model", a)
	}
	return named(a.Name())
}

func (s *scope) fieldNames(refs []address.Ref) *declare.Expr {
	names := make([]*declare.Expr, len(refs))
	for i, ref := range refs {
		names[i] = s.fieldName(ref.Address)
	}
	return list(names...)
}

// isIn reports whether a is one name below a parent.
func isIn(a, parent address.Address) bool {
	return !parent.IsZero() && parent.Child(a.Kind(), a.Name()) == a
}

// A designation is what an object is called in the database.
type designation struct{ schema, name string }

// called returns what an object is called in the database. It is not ok if the
// object has no name there that can be known.
func (x *expresser) called(a address.Address) (c designation, ok bool) {
	o := x.state.Get(a)
	if o == nil {
		return designation{}, false
	}
	switch a.Kind() {
	case kinds.ModelKind:
		m, err := state.Decode[kinds.Model](o)
		return designation{m.Schema, m.Table}, err == nil
	case kinds.FieldKind:
		f, err := state.Decode[kinds.Field](o)
		return designation{"", f.Column}, err == nil && f.Column != ""
	}
	return x.calledByShape(o)
}

func (x *expresser) calledByShape(o *state.Object) (c designation, ok bool) {
	option := x.catalog.alone(o.Address.Kind())
	values, err := state.Decode[map[string]any](o)
	if option == nil || err != nil {
		return designation{}, false
	}
	for _, a := range option.Shape.Attrs {
		text, is := values[a.Name].(string)
		switch {
		case a.Names == "" || !is:
		case a.Names == string(detect.NamesSchema):
			c.schema = text
		default:
			c.name, ok = text, true
		}
	}
	return c, ok
}
