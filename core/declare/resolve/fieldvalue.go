package resolve

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A FieldOf is a field of a state, whose type a value has to have. The zero
// FieldOf is none, and the value can be of any type.
type FieldOf struct {
	Field address.Address
	State *state.State
	// Manifests are those of the detectors in use, which say what types are.
	Manifests []*detect.Manifest
}

// Value resolves an expression that stands for a value by itself, such as the
// VALUE of --default FIELD=VALUE: 3, "novel" or now(). The name of the document
// says in messages where it stands.
func Value(file *declare.Document, e *declare.Expr, field FieldOf) (expression.Node, diag.List) {
	c := newCatalog(field.Manifests, nil)
	l := newLoader(Tree{}, c)
	a := &app{App: source.App{Schema: publicSchema}, models: map[string]*model{}, types: map[string]*top{}}
	s := &scope{
		l: l, file: file, app: a, what: file.Name, uses: &uses{},
		noFields: "A value cannot name fields. In a shell, text needs quotes within quotes: '\"novel\"'.",
	}
	n, ok := s.translate(e)
	if ok {
		l.checkDefault(declare.Place{Document: file, Span: e.Span}, n, field.typ(c), file.Name)
	}
	return n, l.list().Sorted()
}

// typ returns the type of the field, or nil if it is not known.
func (f FieldOf) typ(c *catalog) *typ {
	o := f.State.Get(f.Field)
	if o == nil {
		return nil
	}
	attrs, err := state.Decode[kinds.Field](o)
	if err != nil {
		return nil
	}
	return f.known(c, attrs.Type, 0)
}

func (f FieldOf) known(c *catalog, t kinds.Type, depth int) *typ {
	if t.Of == nil || depth > 16 {
		return typeIn(t)
	}
	o, kind := f.State.Get(t.Of.Address), c.kinds[t.Of.Kind()]
	if o == nil || kind.Type == nil {
		return nil
	}
	attrs := map[string]json.RawMessage{}
	if err := json.Unmarshal(o.Attrs, &attrs); err != nil {
		return nil
	}
	var values []string
	if err := json.Unmarshal(attrs[kind.Type.Values], &values); err == nil && values != nil {
		block := &top{topBlock: topBlock{name: o.Address.Name()}, kind: kind, values: values, owned: c.making(kind.Name)}
		return &typ{Type: t, named: block}
	}
	var under kinds.Type
	if err := json.Unmarshal(attrs[kind.Type.Base], &under); err != nil || t.Dimensions > 0 {
		return nil
	}
	return f.known(c, under, depth+1)
}

// typeIn returns a type of a state that is none of its objects.
func typeIn(t kinds.Type) *typ {
	known := &typ{Type: t}
	n, err := pgtype.Parse(t.SQL)
	if _, own := n.Type(); own && err == nil && n.Dimensions() == 0 {
		known.name = n
	}
	return known
}
