package express

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// option returns the block of an object that is written by a shape, or nil if
// anything of it cannot be said.
func (s *scope) option(o *detect.Option, of *state.Object) *declare.Block {
	values, err := state.Decode[map[string]json.RawMessage](of)
	if err != nil {
		s.fail("its attributes are no JSON object")
		return nil
	}
	b := block(o.Name)
	if o.Labelled {
		b.Labels = []declare.Name{name(of.Address.Name())}
	}
	s.x.place(b, of.Address)
	failed := false
	inner := *s
	inner.failed = &failed
	inner.withoutNames(o, of, values)
	inner.shape(b.Body, o.Shape, values)
	if failed {
		return nil
	}
	s.x.said[of.Address] = true
	return b
}

// shape says attributes in the order of their shape.
func (s *scope) shape(b *declare.Body, shape detect.Shape, values map[string]json.RawMessage) {
	for _, a := range shape.Attrs {
		raw, there := values[a.Name]
		delete(values, a.Name)
		switch {
		case a.Fill && a.Default == "true":
			if !there {
				set(b, a.Name, boolean(false))
			}
		case !there:
		case a.Type == detect.TypeQuery:
			s.add(b, s.query(a, raw))
		case a.Type == detect.TypeBlock && a.Shape != nil:
			s.add(b, s.inner(a, raw))
		case a.Type == detect.TypeBlocks && a.Shape != nil:
			s.labelled(b, a, raw)
		default:
			set(b, a.Name, s.value(a, raw))
		}
	}
	for _, left := range sortedKeys(values) {
		s.fail("attribute %q is not one of its shape", left)
	}
}

func (s *scope) add(b *declare.Body, block *declare.Block) {
	if block != nil {
		b.Blocks = append(b.Blocks, block)
	}
}

// inner returns a block in a block.
func (s *scope) inner(a detect.Attr, raw json.RawMessage) *declare.Block {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &values); err != nil {
		s.fail("argument %q: %v", a.Name, err)
		return nil
	}
	b := block(a.Name)
	s.shape(b.Body, *a.Shape, values)
	return b
}

// labelled says the blocks in a block of which there can be several.
func (s *scope) labelled(b *declare.Body, a detect.Attr, raw json.RawMessage) {
	var all []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		s.fail("argument %q: %v", a.Name, err)
		return
	}
	for _, values := range all {
		one, inner := block(a.Name), *s
		if one.Labels = inner.label(a, values[detect.Label]); one.Labels == nil {
			return
		}
		delete(values, detect.Label)
		inner.shape(one.Body, *a.Shape, values)
		s.add(b, one)
	}
}

// label says the label of a block in a block: text, or the name of what it is about,
// over whose fields the block then is. It is nil for what cannot be said.
func (s *scope) label(a detect.Attr, raw json.RawMessage) []declare.Name {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil && !a.LabelsName() {
		return []declare.Name{name(text)}
	}
	var ref address.Ref
	if err := json.Unmarshal(raw, &ref); err != nil || !a.LabelsName() {
		s.fail("argument %q: a block without its label", a.Name)
		return nil
	}
	e := s.topName(ref.Address)
	if e == nil {
		return nil
	}
	s.model = ref.Address
	return []declare.Name{name(labelText(e))}
}

// labelText returns a name as it stands in a label.
func labelText(e *declare.Expr) string {
	if e.Kind != declare.Word {
		return e.Text
	}
	parts := make([]string, len(e.Names))
	for i, part := range e.Names {
		parts[i] = part.Text
	}
	return strings.Join(parts, ".")
}

// columns turns the columns of a query into the names that are written for them,
// or leaves them out if the query is known to have just these.
func (s *scope) columns(a detect.Attr, of *state.Object, values map[string]json.RawMessage) {
	raw, there := values[a.Columns]
	delete(values, a.Columns)
	for _, r := range of.Readings {
		if string(r.Text) == string(values[a.Name]) && string(r.Columns) == string(raw) {
			return
		}
	}
	var columns []kinds.Column
	if err := json.Unmarshal(raw, &columns); !there || err != nil {
		return
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	values[a.Columns], _ = json.Marshal(names) // text always encodes
}

// optionsOf says the options of a model or field. Those without arguments are
// arguments, NAME = true, as long as no block comes before them: arguments are read
// first.
func (s *scope) optionsOf(b *declare.Body, parent address.Address, on detect.Place) {
	var blocks []*declare.Block
	for _, o := range s.x.optionsAt(parent, on) {
		option := s.x.catalog.option(o.Address.Kind(), on)
		inner := *s
		inner.object = o.Address
		written := inner.option(option, o)
		switch {
		case written == nil:
		case option.Switch && len(blocks) == 0 && len(written.Body.Attrs) == 0 && len(written.Body.Blocks) == 0:
			set(b, option.Name, boolean(true))
		default:
			blocks = append(blocks, written)
		}
	}
	b.Blocks = append(b.Blocks, blocks...)
}

// optionsAt returns the objects of the options of a model or field, by rank.
func (x *expresser) optionsAt(parent address.Address, on detect.Place) []*state.Object {
	return slices.DeleteFunc(x.state.Children(parent), func(o *state.Object) bool {
		option := x.catalog.option(o.Address.Kind(), on)
		return option == nil || o.Address != placed(option, o, parent)
	})
}

// placed returns the address that an option gives an object.
func placed(option *detect.Option, o *state.Object, parent address.Address) address.Address {
	if option.Labelled {
		return parent.Child(o.Address.Kind(), o.Address.Name())
	}
	return parent.WithKind(o.Address.Kind())
}

func sortedKeys(values map[string]json.RawMessage) []string {
	var keys []string
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
