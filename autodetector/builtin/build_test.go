package builtin_test

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A part is an object of the state that a test builds, with those that come with it.
type part func(parent address.Address, rank int) []*state.Object

// build returns the state of the parts, with the references that a source computes.
func build(parts ...part) *state.State {
	var objects []*state.Object
	for i, p := range parts {
		objects = append(objects, p(address.New("app", "shop"), i)...)
	}
	s := state.New(objects...)
	for _, o := range objects {
		o.Refs = references(s, o)
	}
	return state.New(objects...) // s has an index without the references
}

func object(a, parent address.Address, rank int, attrs any) *state.Object {
	encoded, err := state.Encode(attrs)
	if err != nil {
		panic(err)
	}
	return &state.Object{Address: a, Parent: parent, Rank: rank, App: "shop", Attrs: encoded}
}

// references finds every {"$ref"} in the attributes.
func references(s *state.State, o *state.Object) []state.Reference {
	var refs []state.Reference
	for _, text := range strings.Split(string(o.Attrs), `{"$ref":`)[1:] {
		var a address.Address
		if err := json.NewDecoder(strings.NewReader(text)).Decode(&a); err != nil {
			panic(err)
		}
		aspects := state.Exists | state.Definition
		if o.Address.Kind() == model.FieldKind {
			aspects |= state.Type
		}
		refs = append(refs, state.Reference{Target: a, Aspects: aspects})
		if f := s.Get(a); o.Address.Kind() != model.FieldKind && a.Kind() == model.FieldKind {
			refs = append(refs, literals(f)...)
		}
		if a.Kind() == model.ModelKind {
			for _, key := range s.Children(a, model.ConstraintKind) {
				if strings.Contains(string(key.Attrs), "primary_key") {
					refs = append(refs, state.Reference{Target: key.Address, Aspects: aspects})
				}
			}
		}
	}
	slices.SortFunc(refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	return slices.CompactFunc(refs, func(a, b state.Reference) bool { return a.Target == b.Target })
}

// literals are the references of an expression that compares a field with values
// of its enum.
func literals(f *state.Object) []state.Reference {
	attrs, err := state.Decode[model.Field](f)
	if err != nil || attrs.Type.Of == nil {
		return nil
	}
	return []state.Reference{{Target: attrs.Type.Of.Address, Aspects: state.Exists | state.Definition}}
}

func table(name string, parts ...part) part {
	return tableAs(model.Model{Schema: "public", Table: name}, name, parts...)
}

func tableAs(m model.Model, name string, parts ...part) part {
	return func(app address.Address, rank int) []*state.Object {
		a := address.New(model.ModelKind, "shop", name)
		objects := []*state.Object{object(a, address.Address{}, rank, m)}
		for i, p := range parts {
			objects = append(objects, p(a, i)...)
		}
		return objects
	}
}

func schema(name string) part {
	return func(address.Address, int) []*state.Object {
		return []*state.Object{object(address.New(model.SchemaKind, name), address.Address{}, 0, model.Schema{})}
	}
}

func enum(name string, values ...string) part { return enumAs(name, name, values...) }

func enumAs(name, typeName string, values ...string) part {
	return func(address.Address, int) []*state.Object {
		e := model.Enum{Schema: "public", Name: typeName, Values: values}
		return []*state.Object{object(address.New(model.EnumKind, "shop", name), address.Address{}, 0, e)}
	}
}

func domain(name string, d model.Domain) part {
	return func(address.Address, int) []*state.Object {
		d.Schema = "public"
		if d.Name == "" {
			d.Name = name
		}
		return []*state.Object{object(address.New(model.DomainKind, "shop", name), address.Address{}, 0, d)}
	}
}

// field is a column of a built-in type, or of the enum or domain "enum x".
func field(name, sql string, changes ...func(*model.Field)) part {
	return func(parent address.Address, rank int) []*state.Object {
		f := model.Field{Column: name, Type: typeOf(sql)}
		for _, change := range changes {
			change(&f)
		}
		return []*state.Object{object(parent.Child(model.FieldKind, name), parent, rank, f)}
	}
}

func typeOf(sql string) model.Type {
	name := strings.TrimSuffix(sql, "[]")
	t := model.Type{SQL: name, Dimensions: (len(sql) - len(name)) / 2}
	if kind, name, ok := strings.Cut(name, " "); ok && (kind == "enum" || kind == "domain") {
		t.SQL = ""
		ref := address.RefTo(address.New(kind, "shop", name))
		t.Of = &ref
	}
	return t
}

func null(f *model.Field) { f.Null = true }

func value(n expression.Node) func(*model.Field) {
	return func(f *model.Field) { f.Default = &n }
}

func generated(n expression.Node) func(*model.Field) {
	return func(f *model.Field) { f.Generated = &n }
}

func identity(sequence string) func(*model.Field) {
	return func(f *model.Field) { f.Identity, f.Sequence = "by_default", sequence }
}

func constraint(label string, c model.Constraint) part {
	return func(parent address.Address, rank int) []*state.Object {
		c.Name = parent.Name() + "_" + label
		return []*state.Object{object(parent.Child(model.ConstraintKind, label), parent, rank, c)}
	}
}

func index(label string, x model.Index) part {
	return func(parent address.Address, rank int) []*state.Object {
		x.Name = parent.Name() + "_" + label
		return []*state.Object{object(parent.Child(model.IndexKind, label), parent, rank, x)}
	}
}

func ref(path string) address.Ref {
	return address.RefTo(address.New(model.FieldKind, append([]string{"shop"}, strings.Split(path, ".")...)...))
}

func refs(paths ...string) []address.Ref {
	list := make([]address.Ref, len(paths))
	for i, path := range paths {
		list[i] = ref(path)
	}
	return list
}

func modelRef(name string) *address.Ref {
	r := address.RefTo(address.New(model.ModelKind, "shop", name))
	return &r
}

func col(path string) expression.Node {
	return expression.Node{Kind: expression.Field, Path: refs(path)}
}

func num(text string) expression.Node { return expression.Node{Kind: expression.Number, Text: text} }

func str(text string) expression.Node { return expression.Node{Kind: expression.String, Text: text} }

func sql(text string) expression.Node { return expression.Node{Kind: expression.SQL, Text: text} }

func op(text string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Operator, Text: text, Args: args}
}

func fn(name string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Call, Text: name, Args: args}
}

func to[T any](v T) *T { return &v }
