package express

import (
	"cmp"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// withoutNames takes names in the database out of attributes that resolve would
// give the object, and names of columns that are those of the query.
func (s *scope) withoutNames(o *detect.Option, of *state.Object, values map[string]json.RawMessage) {
	if kind := s.x.catalog.kinds[of.Address.Kind()]; kind.Type != nil && kind.Type.Several != "" {
		if written, usual := severalOf(values, kind.Type.Several); written == usual {
			delete(values, kind.Type.Several)
		}
	}
	usual := s.usualNames(o, of)
	for _, a := range o.Shape.Attrs {
		var text string
		if a.Names != "" && json.Unmarshal(values[a.Name], &text) == nil && text == usual.of(a) {
			delete(values, a.Name)
		}
		if a.Fill && a.Type == detect.TypeString && json.Unmarshal(values[a.Name], &text) == nil && text == cmp.Or(a.Default, of.Address.Name()) {
			delete(values, a.Name)
		}
		if a.Columns != "" {
			s.columns(a, of, values)
		}
	}
}

// A usual is what an object is called in the database where nobody says it.
type usual struct {
	designation
	inside string // where names are those of its table
}

// of returns what an argument says where nobody writes it.
func (u usual) of(a detect.Attr) string {
	switch class := detect.NameClass(a.Names); {
	case class == detect.NamesSchema:
		return u.schema
	case class.Scope() == detect.InTable:
		return u.inside
	}
	return u.name
}

// usualNames returns what resolve calls an object in the database: the label, on a
// model behind the name of the table, on a field behind that of the column too; what
// has its name among those of its table needs that of the table no more.
func (s *scope) usualNames(o *detect.Option, of *state.Object) usual {
	if of.Parent.IsZero() {
		return usual{designation{s.app.Schema, of.Address.Name()}, of.Address.Name()}
	}
	label := o.Name
	if o.Labelled {
		label = of.Address.Name()
	}
	parent, _ := s.x.called(of.Parent)
	if of.Parent.Kind() == kinds.ModelKind {
		return usual{designation{parent.schema, kinds.Name(parent.name, label)}, label}
	}
	if parent.name == "" { // a many_to_many has no column
		parent.name = of.Parent.Name()
	}
	model, _ := s.x.called(s.x.state.Get(of.Parent).Parent)
	return usual{designation{model.schema, kinds.Name(model.name, parent.name, label)}, kinds.Name(parent.name, label)}
}
