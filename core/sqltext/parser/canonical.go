package parser

import pgquery "github.com/wasilibs/go-pgquery/parser"

// Canonical returns statements as PostgreSQL's deparser writes them: without
// comments, with keywords in capitals, the same for texts that are read the
// same.
func (p *Parser) Canonical(text string) (string, error) {
	result := p.once("canonical", text, func() (stored, error) {
		written, err := run(&p.engine, text, func(text string) (string, error) {
			tree, err := pgquery.ParseToProtobuf(text)
			if err != nil {
				return "", err
			}
			return pgquery.DeparseFromProtobuf(tree)
		})
		return stored{Text: written}, err
	})
	return result.text, result.err
}

// CanonicalExpression does so for an expression.
func (p *Parser) CanonicalExpression(text string) (string, error) {
	w := wrapped{before: "SELECT (", text: text, after: "\n)"}
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
