package parser

// Statement analyses one statement of any kind. Names in the bodies of functions
// that it creates and of DO are not looked for: they are strings, of which the
// language and what surrounds them have to be known.
func (p *Parser) Statement(text string, catalog Catalog) (*Analysis, error) {
	w := wrapping{text: text}
	tree, err := p.read1(w)
	if err != nil {
		return nil, err
	}
	class, n := unwrap(tree["stmt"])
	r := newResolver(text, catalog)
	out := r.query(class, n, environment{})
	if class == "DoStmt" {
		r.analysis.Dynamic = append(r.analysis.Dynamic, begin(text))
	}
	if isQuery(class) {
		r.analysis.Columns, r.analysis.Open = outputs(out.columns), out.open
	}
	return w.unwrapped(r.analysis).sorted(), nil
}
