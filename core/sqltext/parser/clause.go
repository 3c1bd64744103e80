package parser

// Clause returns what a text does that stands in the parentheses of a CREATE TABLE:
// it is one column or one constraint there, and nothing besides.
func (p *Parser) Clause(text string) ([]Effect, error) {
	w := wrapping{before: "CREATE TABLE t (", text: text, after: "\n)"}
	tree, err := p.read1(w)
	if err != nil {
		return nil, err
	}
	class, n := unwrap(tree["stmt"])
	if elements := n.list("tableElts"); class != "CreateStmt" || len(elements) != 1 || !isElement(elements[0]) {
		return nil, &SyntaxError{Message: "want one column or one constraint"}
	}
	seen := &witness{parser: p, text: w.whole()}
	seen.statement(class, n)
	return seen.effects[1:], nil
}

func isElement(v any) bool {
	class, _ := unwrap(v)
	return class == "ColumnDef" || class == "Constraint"
}

// Select returns what is wrong with a text that has to be one query that changes
// nothing and locks nothing, as far as the text says so.
func (p *Parser) Select(text string) error {
	acts, err := p.Effects(text)
	if err != nil {
		return err
	}
	if len(acts) != 1 || acts[0].Kind != "SELECT" {
		return &SyntaxError{Message: "want one SELECT"}
	}
	for _, e := range acts[0].Effects {
		if e.Verb != Refers {
			return &SyntaxError{Message: "want a SELECT that changes nothing, not one that does this: " + e.String()}
		}
	}
	return nil
}
