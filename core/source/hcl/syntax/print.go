package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// width is the column up to which things stand on one line, in characters.
const width = 100

// Print returns the tree of a document as text that Parse reads back as the same
// tree but for its places: arguments before blocks, in their order. Parentheses
// are added where the tree has none and the text needs them.
//
// The error says what no text can say: a name that is no identifier where only
// those can stand, a text that HCL would change, an expression whose text the
// tree does not hold in a document that has none.
func Print(d *declare.Document) ([]byte, error) {
	p := &printer{file: d}
	text := p.body(d.Body, 0)
	if p.err != nil {
		return nil, fmt.Errorf("printing %s: %w", d.Name, p.err)
	}
	return hclwrite.Format([]byte(text)), nil
}

// A printer turns a tree into text. It breaks lines and indents; hclwrite aligns.
type printer struct {
	file *declare.Document
	err  error // the first one
}

func (p *printer) fail(format string, args ...any) string {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
	return ""
}

// body returns the lines of a body that stands in so many blocks.
func (p *printer) body(b *declare.Body, depth int) string {
	var out strings.Builder
	for _, a := range b.Attrs {
		out.WriteString(indent(depth) + p.attr(a, depth) + "\n")
	}
	blocks := p.blocks(b.Blocks, depth)
	for i, block := range blocks {
		if i == 0 && len(b.Attrs) > 0 && depth < 2 || i > 0 && apart(blocks, i, depth) {
			out.WriteByte('\n')
		}
		out.WriteString(indent(depth) + block.text + "\n")
	}
	return out.String()
}

func indent(depth int) string { return strings.Repeat("  ", depth) }

// attr returns an argument, without the end of its last line.
func (p *printer) attr(a *declare.Attr, depth int) string {
	head := p.identifier(a.Name.Text) + " = "
	return head + strings.TrimSuffix(p.value(a.Name.Text, a.Value, depth, 2*depth+len(head)), "\n")
}

// A printout is a block as text, without the end of its last line.
type printout struct {
	word  string
	text  string
	run   int // the number of the run of blocks of one type that it is part of
	lines bool
}

// blocks returns the blocks of a body.
func (p *printer) blocks(list []*declare.Block, depth int) []printout {
	blocks := make([]printout, len(list))
	for i, b := range list {
		text := p.block(b, depth)
		blocks[i] = printout{word: b.Type.Text, text: text, lines: strings.Contains(text, "\n")}
		if i > 0 {
			blocks[i].run = blocks[i-1].run
			if blocks[i-1].word != b.Type.Text {
				blocks[i].run++
			}
		}
	}
	return blocks
}

// apart reports whether a blank line stands before a block that is not the
// first. Files and the blocks at their top have blank lines between what is of
// different types, so that the fields of a model stand together, and the rest
// after them. At the top of a file every block of several lines stands by itself.
func apart(blocks []printout, i, depth int) bool {
	before, b := blocks[i-1], blocks[i]
	switch {
	case depth == 0:
		return before.lines || b.lines || before.run != b.run
	case depth > 1 || before.run == b.run:
		return false
	}
	return before.run == 0 || anyLines(blocks, before.run) || anyLines(blocks, b.run)
}

// anyLines reports whether one of the blocks of a run has several lines.
func anyLines(blocks []printout, run int) bool {
	for _, b := range blocks {
		if b.run == run && b.lines {
			return true
		}
	}
	return false
}

// block returns a block. One argument stands on the line of the block if it fits.
func (p *printer) block(b *declare.Block, depth int) string {
	head := p.identifier(b.Type.Text)
	for _, label := range b.Labels {
		head += " " + p.label(label.Text)
	}
	switch {
	case len(b.Body.Attrs) == 0 && len(b.Body.Blocks) == 0:
		return head + " {}"
	case len(b.Body.Attrs) == 1 && len(b.Body.Blocks) == 0:
		line := head + " { " + p.attr(b.Body.Attrs[0], depth+1) + " }"
		if fits(line, 2*depth) {
			return line
		}
	}
	return head + " {\n" + p.body(b.Body, depth+1) + indent(depth) + "}"
}

// fits reports whether text that begins at a column is one line that is not too long.
func fits(text string, column int) bool {
	return !strings.Contains(text, "\n") && column+utf8.RuneCountInString(text) <= width
}

func (p *printer) identifier(name string) string {
	if !hclsyntax.ValidIdentifier(name) {
		return p.fail("%q is no identifier", name)
	}
	return name
}
