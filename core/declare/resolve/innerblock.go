package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// blocks reads the blocks in a block.
func (r *optionReader) blocks(shape detect.Shape, b *declare.Block, g grammar, values map[string]any) {
	l, f := r.b.l, r.option.file
	for _, inner := range b.Body.Blocks {
		i := slices.IndexFunc(shape.Attrs, func(s detect.Attr) bool { return s.Name == inner.Type.Text })
		switch {
		case i < 0 || !slices.Contains(g.blocks, inner.Type.Text):
			l.unknownBlock(f, inner.Type, g)
		case shape.Attrs[i].Type == detect.TypeBlocks:
			r.labelled(shape.Attrs[i], inner, g, values)
		default:
			r.single(shape.Attrs[i], inner, g, values)
		}
	}
}

// single reads a block of which there is one.
func (r *optionReader) single(a detect.Attr, inner *declare.Block, g grammar, values map[string]any) {
	l, at := r.b.l, declare.Place{Document: r.option.file, Span: inner.Type.Span}
	l.unlabelled(r.option.file, inner)
	if _, twice := values[a.Name]; twice {
		l.report(at, codeRepeated, fmt.Sprintf("%s has two %s blocks", g.what, a.Name), "", "keep one of the two")
		return
	}
	if !r.sharable(a, at) {
		return
	}
	if a.Type != detect.TypeQuery {
		values[a.Name] = r.block(*a.Shape, inner, g.what+"'s "+a.Name)
	} else if q, ok := r.query(a, inner); ok {
		values[a.Name] = q
	}
}

// labelled reads one of the blocks of which there can be several. They keep their
// order.
func (r *optionReader) labelled(a detect.Attr, inner *declare.Block, g grammar, values map[string]any) {
	l, at := r.b.l, declare.Place{Document: r.option.file, Span: inner.Type.Span}
	label, ok := l.label(r.option.file, inner)
	if !ok || !r.sharable(a, at) {
		return
	}
	reader := *r
	reader.inner = &innerBlock{r, label.Text, at}
	value, ok := reader.labelValue(a, label)
	if !ok {
		return
	}
	all, _ := values[a.Name].([]map[string]any)
	if slices.ContainsFunc(all, func(other map[string]any) bool { return other[detect.Label] == value }) {
		l.report(at, codeRepeated, fmt.Sprintf("%s has two blocks %s %q", g.what, a.Name, label.Text), "", "give one of the two another name")
		return
	}
	one := reader.block(*a.Shape, inner, fmt.Sprintf("%s %q of %s", a.Name, label.Text, g.what))
	r.fill(*a.Shape, one)
	one[detect.Label] = value
	values[a.Name] = append(all, one)
}

// labelValue returns the label of a block in a block as it stands in the attributes:
// text, or what it names. What stands in the block is over the model that it names.
func (r *optionReader) labelValue(a detect.Attr, label declare.Name) (any, bool) {
	if !a.LabelsName() {
		return label.Text, true
	}
	target, ok := r.named(a, r.labelExpr(label))
	if !ok {
		return nil, false
	}
	if !a.Loose {
		r.uses.ref(target, aspects(a))
	}
	if m := r.b.l.modelAt(target); m != nil {
		r.b = &builder{l: r.b.l, model: m}
	}
	return address.RefTo(target), true
}

// labelExpr returns a label as the name that it is: NAME or APP.NAME.
func (r *optionReader) labelExpr(label declare.Name) *declare.Expr {
	app, name, dotted := strings.Cut(label.Text, ".")
	switch {
	case !dotted:
		return &declare.Expr{Kind: declare.Word, Span: label.Span, Names: []declare.Name{label}}
	case r.option.app.models[label.Text] != nil:
		return &declare.Expr{Kind: declare.String, Span: label.Span, Text: label.Text}
	}
	return &declare.Expr{Kind: declare.Word, Span: label.Span, Names: []declare.Name{{Text: app, Span: label.Span}, {Text: name, Span: label.Span}}}
}

// modelAt returns the model of an address, or nil.
func (l *loader) modelAt(a address.Address) *model {
	names := a.Names()
	if a.Kind() != kinds.ModelKind || len(names) != 2 || l.apps[names[0]] == nil {
		return nil
	}
	return l.apps[names[0]].models[names[1]]
}

// An innerBlock is one of several blocks in a block.
type innerBlock struct {
	of    *optionReader
	label string
	at    declare.Place
}

// hint notes what a block says about the way to the object: the label under which it
// says it, by the text, as of one that says what it was called.
func (b *innerBlock) hint(a detect.Attr, value any) {
	text, ok := value.(string)
	if !ok {
		return
	}
	if b.of.said == nil {
		b.of.said = map[string]map[string]string{}
	}
	said := b.of.said[a.Name]
	if said == nil {
		said = map[string]string{}
		b.of.said[a.Name] = said
	}
	if first, twice := said[text]; twice {
		b.of.b.l.report(b.at, codeRepeated, fmt.Sprintf("%q says %s = %q, and so does %q", b.label, a.Name, text, first), "", "take it out of one of the two")
		return
	}
	said[text] = b.label
}

// sayInner publishes what the blocks in a block say about the way to the object.
func (r *optionReader) sayInner() {
	for _, name := range sortedKeys(r.said) {
		r.hint(detect.Attr{Name: name}, r.said[name])
	}
}
