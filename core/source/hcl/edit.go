package hcl

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// An Edit of a model file is about the block that begins at a place in it: the argument
// gets the text as its value, or without one the text is written at the end.
type Edit struct {
	At       diag.Pos
	Argument string
	Text     string
}

// Apply returns the text of a model file after edits, laid out as Format does. One that
// would make it no model file, or whose place is no block, is an error.
func Apply(name string, text []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return b.At.Byte - a.At.Byte }) // so that places stay where they are
	for _, e := range slices.Compact(sorted) {
		b, ok := blockAt(text, e.At.Byte)
		if !ok {
			return nil, fmt.Errorf("editing %s: there is no block at line %d", name, e.At.Line)
		}
		text = b.edited(text, e)
	}
	formatted, problems, err := Format(name, text)
	if err == nil {
		err = problems.Err()
	}
	return formatted, err
}

// ArgumentAt returns the place of an argument of the block that begins at a byte of a
// model file, and false if it has none.
func ArgumentAt(name string, text []byte, block diag.Pos, argument string) (diag.Range, bool) {
	b, ok := blockAt(text, block.Byte)
	if !ok {
		return diag.Range{}, false
	}
	a, ok := b.argument(argument)
	return diag.Range{File: name, Start: position(a.name.Range.Start), End: position(a.name.Range.End)}, ok
}

func position(p hcl.Pos) diag.Pos { return diag.Pos{Line: p.Line, Column: p.Column, Byte: p.Byte} }

// A block is the tokens of one, from its brace to the one that ends it.
type block struct{ tokens hclsyntax.Tokens }

// blockAt returns the block that begins at a byte of a text.
func blockAt(text []byte, begin int) (block, bool) {
	if begin < 0 || begin >= len(text) {
		return block{}, false
	}
	tokens, _ := hclsyntax.LexConfig(text, "", hcl.InitialPos) // what is no token is told by who parses
	depth, first := 0, -1
	for i, t := range tokens {
		switch {
		case t.Range.Start.Byte < begin:
		case t.Type == hclsyntax.TokenOBrace:
			if depth++; first < 0 {
				first = i
			}
		case t.Type == hclsyntax.TokenCBrace:
			if depth--; depth == 0 && first >= 0 {
				return block{tokens[first : i+1]}, true
			}
		case first < 0 && t.Type == hclsyntax.TokenNewline:
			return block{}, false // NAME = true
		}
	}
	return block{}, false
}

// An argument is the token of its name and those of its value.
type argument struct {
	name  hclsyntax.Token
	value hclsyntax.Tokens
}

// argument returns one of the block itself.
func (b block) argument(name string) (argument, bool) {
	depth := 0
	for i, t := range b.tokens {
		if depth == 1 && t.Type == hclsyntax.TokenIdent && string(t.Bytes) == name && b.tokens[i+1].Type == hclsyntax.TokenEqual {
			return argument{name: t, value: b.value(i + 2)}, true
		}
		depth += nesting(t)
	}
	return argument{}, false
}

// value returns the tokens from one on until the line or the block ends.
func (b block) value(from int) hclsyntax.Tokens {
	depth := 0
	for i := from; i < len(b.tokens); i++ {
		t := b.tokens[i]
		if depth == 0 && (t.Type == hclsyntax.TokenNewline || t.Type == hclsyntax.TokenComment || t.Type == hclsyntax.TokenCBrace) {
			return b.tokens[from:i]
		}
		depth += nesting(t)
	}
	return nil
}

// nesting is how much deeper it is behind a token.
func nesting(t hclsyntax.Token) int {
	switch t.Type {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		return 1
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
		return -1
	}
	return 0
}

// edited returns the text with an edit of the block made in it.
func (b block) edited(text []byte, e Edit) []byte {
	line := e.Text
	if e.Argument != "" {
		if a, ok := b.argument(e.Argument); ok && len(a.value) > 0 {
			last := a.value[len(a.value)-1]
			return slices.Concat(text[:a.value[0].Range.Start.Byte], []byte(e.Text), text[last.Range.End.Byte:])
		}
		line = e.Argument + " = " + e.Text
	}
	begin, end := b.tokens[0].Range.End.Byte, b.tokens[len(b.tokens)-1].Range.Start.Byte
	inside := bytes.TrimRight(text[begin:end], " \t\r\n")
	if len(inside) > 0 && b.tokens[1].Type != hclsyntax.TokenNewline {
		inside = append([]byte("\n"), inside...) // a block on one line
	}
	return slices.Concat(text[:begin], inside, []byte("\n"+line+"\n"), text[end:])
}

// EditFile makes edits in the model file at a path, which messages call by its name. It
// is replaced in one step, or stays as it is.
func EditFile(name, path string, edits []Edit) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("editing %s: %w", name, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("editing %s: %w", name, err)
	}
	edited, err := Apply(name, text, edits)
	if err != nil {
		return err
	}
	if err := replace(path, edited); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
