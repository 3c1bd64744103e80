package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
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
	all, _ := values[a.Name].([]map[string]any)
	if slices.ContainsFunc(all, func(other map[string]any) bool { return other[detect.Label] == label.Text }) {
		l.report(at, codeRepeated, fmt.Sprintf("%s has two blocks %s %q", g.what, a.Name, label.Text), "", "give one of the two another name")
		return
	}
	reader := *r
	reader.inner = &innerBlock{r, label.Text, at}
	one := reader.block(*a.Shape, inner, fmt.Sprintf("%s %q of %s", a.Name, label.Text, g.what))
	r.fill(*a.Shape, one)
	one[detect.Label] = label.Text
	values[a.Name] = append(all, one)
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
