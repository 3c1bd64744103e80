package parser

import (
	"maps"
	"slices"
)

// do takes in what the statements of a DO do. What it makes of text when it runs is
// not known, and what is in another language neither; see body.
func (w *witness) do(options []any) {
	language, text := code(options)
	if language != "plpgsql" && language != "" {
		w.opaque = true
		return
	}
	body, err := readBody(text)
	if err != nil {
		w.opaque = true
		return
	}
	for _, f := range body.fragments {
		if f.kind == statementFragment || f.kind == performFragment {
			w.fragment(f.wrapped(text).whole())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(body.cursors)) {
		w.fragment(body.cursors[name].wrapped(text).whole())
	}
}

// fragment takes in a statement of a body.
func (w *witness) fragment(text string) {
	tree, err := w.parser.tree(text)
	if err != nil {
		w.opaque = true
		return
	}
	for _, v := range tree.list("stmts") {
		statement, _ := v.(map[string]any)
		class, n := unwrap(statement["stmt"])
		inner := &witness{parser: w.parser, text: text}
		inner.statement(class, n)
		w.effects = append(w.effects, inner.effects...)
		w.inner = append(w.inner, kindOf(class, n, text))
		w.opaque = w.opaque || inner.opaque
	}
}
