package express

import (
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
		if a.Columns != "" {
			s.columns(a, of, values)
		}
	}
}

// of returns what an argument says where nobody writes it.
func (c called) of(a detect.Attr) string {
	if a.Names == string(detect.NamesSchema) {
		return c.schema
	}
	return c.name
}

// usualNames returns what resolve calls an object in the database: the label, on a
// model behind the name of the table, on a field behind that of the column too.
func (s *scope) usualNames(o *detect.Option, of *state.Object) called {
	if of.Parent.IsZero() {
		return called{s.app.Schema, of.Address.Name()}
	}
	label := o.Name
	if o.Labelled {
		label = of.Address.Name()
	}
	parent, _ := s.x.called(of.Parent)
	if of.Parent.Kind() == kinds.ModelKind {
		return called{parent.schema, kinds.Name(parent.name, label)}
	}
	if parent.name == "" { // a many_to_many has no column
		parent.name = of.Parent.Name()
	}
	model, _ := s.x.called(s.x.state.Get(of.Parent).Parent)
	return called{model.schema, kinds.Name(model.name, parent.name, label)}
}
