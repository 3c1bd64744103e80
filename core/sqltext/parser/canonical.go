package parser

import (
	"encoding/json"

	pgquery "github.com/wasilibs/go-pgquery/parser"
)

// deparsed is how many nodes may be inside of each other for libpg_query to
// write them: each takes up to 900 bytes of its stack.
const deparsed = 48

// Canonical returns statements in a form that is the same for texts that
// PostgreSQL reads the same, and only for them: as its deparser writes them,
// without comments and with keywords in capitals. What nests too deeply for the
// deparser is returned as a tree in JSON.
func (p *Parser) Canonical(text string) (string, error) {
	tree, err := p.tree(text)
	if err != nil {
		return "", err
	}
	if nested(map[string]any(tree)) > deparsed {
		return treeText(tree)
	}
	return p.deparse(text)
}

func (p *Parser) deparse(text string) (string, error) {
	result := p.once("canonical", text, func() (record, error) {
		written, err := run(&p.engine, text, func(text string) (string, error) {
			tree, err := pgquery.ParseToProtobuf(text)
			if err != nil {
				return "", err
			}
			return pgquery.DeparseFromProtobuf(tree)
		})
		return record{Text: written}, err
	})
	return result.text, result.err
}

// CanonicalExpression does so for an expression.
func (p *Parser) CanonicalExpression(text string) (string, error) {
	w := wrapping{before: "SELECT (", text: text, after: "\n)"}
	tree, err := p.read1(w)
	if err != nil {
		return "", err
	}
	if _, err := w.expression(tree); err != nil {
		return "", err
	}
	written, err := p.Canonical(w.whole())
	return trimmed(written), err
}

// trimmed takes off the SELECT before an expression.
func trimmed(written string) string { return written[min(len(written), len("SELECT ")):] }

// nested returns how many nodes are inside of each other at most.
func nested(v any) int {
	deepest := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			deepest = max(deepest, nested(item))
		}
	case map[string]any:
		for _, item := range v {
			deepest = max(deepest, nested(item))
		}
		if class, _ := unwrap(v); class == "" {
			deepest++
		}
	}
	return deepest
}

// treeText returns a tree without the places in it.
func treeText(tree node) (string, error) {
	written, err := json.Marshal(placeless(map[string]any(tree)))
	return string(written), err
}

func placeless(v any) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i, item := range v {
			all[i] = placeless(item)
		}
		return all
	case map[string]any:
		all := map[string]any{}
		for field, item := range v {
			if !places.has(field) {
				all[field] = placeless(item)
			}
		}
		return all
	}
	return v
}

// places are the fields of nodes that say where they stand.
const places words = " location name_location arg_location stmt_location stmt_len "
