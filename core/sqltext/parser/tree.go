package parser

// Tree returns the node of one statement as libpg_query writes it in JSON, with
// its class. It must not be changed: others read the same one. Offsets in it are
// bytes of the text.
func (p *Parser) Tree(text string) (class string, fields map[string]any, err error) {
	tree, err := p.read1(wrapping{text: text})
	if err != nil {
		return "", nil, err
	}
	class, n := unwrap(tree["stmt"])
	return class, n, nil
}
