package resolve

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// options makes the objects of what plugins own on a model or, with f, a field.
func (b *builder) options(list []optionUse, parent address.Address, f *field) {
	seen := map[address.Address]optionUse{}
	for _, o := range overridden(list) {
		label, ok := b.optionLabel(o)
		if !ok {
			continue
		}
		addr := parent.WithKind(o.option.Kind)
		if o.option.Labelled {
			addr = parent.Child(o.option.Kind, label)
		}
		if first, twice := seen[addr]; twice {
			b.optionTwice(o, first)
			continue
		}
		seen[addr] = o
		b.option(o, addr, parent, f)
	}
}

// overridden leaves out options of which there is a nearer one.
func overridden(list []optionUse) []optionUse {
	var kept []optionUse
	for _, o := range list {
		if !slices.ContainsFunc(list, func(other optionUse) bool { return other.overrides(o) }) {
			kept = append(kept, o)
		}
	}
	return kept
}

// overrides reports whether an option takes the place of another one: of what
// has no label there is one, and the nearer one counts. Of what has labels, one
// that is for every model gives way to the one of the same label.
func (o optionUse) overrides(other optionUse) bool {
	if o.option != other.option || o.distance() >= other.distance() {
		return false
	}
	return !o.option.Labelled || other.shared != "" && o.what() == other.what()
}

// distance returns how far away from the model an option is written.
func (o optionUse) distance() int {
	switch {
	case o.shared == byProject:
		return 3
	case o.shared == byApp:
		return 2
	case o.mixin != "":
		return 1
	}
	return 0
}

func (b *builder) optionTwice(o, first optionUse) {
	at, code := o.at(), codeOption
	where := "model " + quote(b.model.name)
	switch {
	case o.shared != "":
		where = o.shared.grammar().what
	case o.mixin != "":
		at, code = b.model.at, codeMixin
	}
	b.l.report(at, code, fmt.Sprintf("%s stands twice in %s", o.what(), where),
		fmt.Sprintf("It stands at %s and at %s.", first.at().Range(), o.at().Range()), "take one of the two out, or give one another label")
}

// what names an option for messages.
func (o optionUse) what() string {
	if o.block != nil && len(o.block.Labels) > 0 {
		return o.option.Name + " " + quote(o.block.Labels[0].Text)
	}
	return o.option.Name
}

// optionLabel checks the label of an option and returns it.
func (b *builder) optionLabel(o optionUse) (string, bool) {
	switch {
	case o.option.Labelled && o.block == nil:
		b.l.report(o.at(), codeOption, fmt.Sprintf("%q is a block with a name", o.option.Name), o.option.Doc, fmt.Sprintf("write %s \"NAME\" { ... }", o.option.Name))
		return "", false
	case o.option.Labelled:
		label, ok := b.l.label(o.file, o.block)
		return label.Text, ok
	case o.block != nil:
		b.l.unlabelled(o.file, o.block)
		return "", len(o.block.Labels) == 0
	}
	return "", true
}

// option makes the object of one option.
func (b *builder) option(o optionUse, addr, parent address.Address, f *field) {
	r := &optionReader{b: b, option: o, uses: &uses{}, field: f}
	if attrs, on := r.attributes(); on {
		r.slot()
		b.l.put(object{addr: addr, parent: parent, attrs: attrs, uses: r.uses, rank: b.nextRank(), app: b.model.app, at: o.at()})
	}
}

// attributes returns what was written as attributes, and whether there is an
// object.
func (r *optionReader) attributes() (attrs json.RawMessage, on bool) {
	o := r.option
	if o.attr != nil {
		if on, ok := r.toggled(); !ok || !on {
			return nil, false
		}
		r.require(o.option.Shape, nil, o.at(), o.what())
		return r.encoded(map[string]any{})
	}
	return r.encoded(r.block(o.option.Shape, o.block, o.what()))
}

// encoded returns the attributes of an option with what it is called in the database.
func (r *optionReader) encoded(values map[string]any) (attrs json.RawMessage, ok bool) {
	r.names(r.option.option.Shape, values)
	attrs, err := state.Encode(values)
	return attrs, err == nil // text, numbers and nodes can always be encoded
}

// toggled reads NAME = true or false.
func (r *optionReader) toggled() (on, ok bool) {
	a := r.option.attr
	if !r.option.option.Switch {
		r.b.l.report(r.option.at(), codeOption, fmt.Sprintf("%q is a block", a.Name.Text), r.option.option.Doc, fmt.Sprintf("write %s { ... }", a.Name.Text))
		return false, false
	}
	return r.b.l.flag(r.option.file, a)
}

// An optionReader reads the arguments of an option by its shape.
type optionReader struct {
	b      *builder
	option optionUse
	uses   *uses
	field  *field
	top    *top // nil for what stands in a model
	inner  *innerBlock
	said   map[string]map[string]string // by blocks in it about the way here; see hint
}

// block reads a block of a shape.
func (r *optionReader) block(shape detect.Shape, b *declare.Block, what string) map[string]any {
	l, f := r.b.l, r.option.file
	g, at := r.grammar(shape, b, what)
	l.checkRepeated(f, b.Body, g)
	values := map[string]any{}
	for _, a := range b.Body.Attrs {
		i := slices.IndexFunc(shape.Attrs, func(s detect.Attr) bool { return s.Name == a.Name.Text })
		switch {
		case r.isTop(b) && a.Name.Text == renamedFrom:
			l.renamedTop(r.top.topBlock, r.top.addr, a)
		case i < 0 || slices.Contains(g.blocks, a.Name.Text):
			l.unknownAttr(f, a.Name, g)
		default:
			r.put(shape.Attrs[i], a, values)
		}
	}
	r.blocks(shape, b, g, values)
	r.sqlTexts(shape, b, values)
	r.readsOf(shape, b, values)
	r.require(shape, b, at, what)
	return values
}

// renamedFrom is an argument of every block that stands by itself.
const renamedFrom = "renamed_from"

// isTop reports whether a block stands by itself.
func (r *optionReader) isTop(b *declare.Block) bool { return r.top != nil && b == r.top.block }

// grammar returns what can stand in a block of a shape, and the place of messages
// about what is missing.
func (r *optionReader) grammar(shape detect.Shape, b *declare.Block, what string) (grammar, declare.Place) {
	g, at := grammar{what: what}, declare.Place{Document: r.option.file, Span: b.Type.Span}
	for _, a := range shape.Attrs {
		if a.Type == detect.TypeQuery || a.Blocks() {
			g.blocks = append(g.blocks, a.Name)
		} else {
			g.attrs = append(g.attrs, a.Name)
		}
	}
	if r.isTop(b) {
		g.what, g.attrs, at = article(r.top.word()), append(g.attrs, renamedFrom), r.top.at
	}
	return g, at
}

// article returns a word with its article.
func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

// put reads an argument into the attributes, or notes what it says about the way
// to the object.
func (r *optionReader) put(a detect.Attr, attr *declare.Attr, values map[string]any) {
	v, ok := r.value(a, attr)
	switch {
	case ok && a.Hint:
		r.hint(a, v)
	case ok:
		values[a.Name] = v
	}
}

// require reports arguments that are missing. The block is nil for NAME = true.
func (r *optionReader) require(shape detect.Shape, b *declare.Block, at declare.Place, what string) {
	g := grammar{}
	for _, a := range shape.Attrs {
		g.attrs = append(g.attrs, a.Name)
	}
	for _, a := range shape.Attrs {
		if !a.Required || b != nil && (isWritten(b.Body, a.Name) || standsFor(b.Body, a.Name, g)) {
			continue
		}
		example := a.Name + " = " + or(a.Example, "...")
		switch {
		case a.Type == detect.TypeBlocks:
			example = a.Name + ` "NAME" { ... }`
		case a.Type == detect.TypeQuery || a.Type == detect.TypeBlock:
			example = a.Name + " { ... }"
		}
		r.b.l.report(at, codeMissing, fmt.Sprintf("%s has no %s", what, a.Name), sentence(a.Doc), "write "+example)
	}
}

func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

func isWritten(body *declare.Body, name string) bool {
	return slices.ContainsFunc(body.Attrs, func(a *declare.Attr) bool { return a.Name.Text == name }) ||
		slices.ContainsFunc(body.Blocks, func(b *declare.Block) bool { return b.Type.Text == name })
}
