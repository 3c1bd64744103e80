package parser

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Query analyses one SELECT, VALUES or TABLE, as in CREATE VIEW. A text that
// PostgreSQL would not read, or that is something else, gives a *SyntaxError.
func (p *Parser) Query(text string, catalog Catalog) (*Analysis, error) {
	w := wrapping{text: text}
	tree, err := p.read1(w)
	if err != nil {
		return nil, err
	}
	class, n := unwrap(tree["stmt"])
	if class != "SelectStmt" || n["intoClause"] != nil {
		return nil, &SyntaxError{Offset: begin(text), Message: "this is no query: want SELECT, VALUES, TABLE or WITH"}
	}
	r := newResolver(text, catalog)
	out := r.query(class, n, environment{})
	r.analysis.Open = out.open
	r.analysis.Columns = outputs(out.columns)
	return w.unwrapped(r.analysis).sorted(), nil
}

// begin returns the offset of the first token of a text.
func begin(text string) int {
	if tokens := scan(text); len(tokens) > 0 {
		return tokens[0].Offset
	}
	return 0
}

func outputs(columns []column) []Output {
	all := make([]Output, len(columns))
	for i, c := range columns {
		all[i] = Output{Name: c.name, Named: c.named, Column: c.base, Type: c.typ}
	}
	return all
}

// A Source is a relation that an expression can name columns of. Columns of one
// that is Qualified, such as NEW, are named only with its name before them.
type Source struct {
	Name      string
	Relation  Relation
	Qualified bool
}

// source returns the source as an entry of FROM.
func (s Source) source() *source {
	made := &source{
		name: s.Name, relation: s.Relation.Object, columns: columnsOf(s.Relation.Columns),
		open:   s.Relation.Open || s.Relation.Object.IsZero() && len(s.Relation.Columns) == 0,
		hidden: s.Qualified,
	}
	if !s.Qualified {
		made.named = s.Relation.Object
	}
	return made
}

// namespaceOf returns what sources offer.
func namespaceOf(sources []Source) namespace {
	var all namespace
	for _, s := range sources {
		made := s.source()
		if s.Qualified {
			all.sources = append(all.sources, made)
		} else {
			all = all.beside(only(made))
		}
	}
	return all
}

// Expression analyses an expression, such as a default, a check or a policy,
// over the columns of some relations. Variables are names that are no columns,
// such as VALUE in the check of a domain.
func (p *Parser) Expression(text string, catalog Catalog, sources []Source, variables ...string) (*Analysis, error) {
	if nameless(text) {
		return &Analysis{}, nil
	}
	return p.expression(text, catalog, sources, variables)
}

func (p *Parser) expression(text string, catalog Catalog, sources []Source, variables []string) (*Analysis, error) {
	w := wrapping{before: "SELECT (", text: text, after: "\n)"}
	tree, err := p.read1(w)
	if err != nil {
		return nil, err
	}
	value, err := w.expression(tree)
	if err != nil {
		return nil, err
	}
	r := newResolver(w.whole(), catalog)
	r.variables.names = map[string]bool{}
	for _, name := range variables {
		r.variables.names[name] = true
	}
	env := environment{}.within(namespaceOf(sources))
	r.walk(value, env)
	r.analysis.Columns = outputs([]column{r.target(value, env)})
	return w.unwrapped(r.analysis).sorted(), nil
}

// A wrapping is a text inside of a statement that makes it one.
type wrapping struct{ before, text, after string }

func (w wrapping) whole() string { return w.before + w.text + w.after }

// read1 returns the only statement of a text.
func (p *Parser) read1(w wrapping) (node, error) {
	if err := w.balanced(); err != nil {
		return nil, err
	}
	tree, err := p.tree(w.whole())
	if err != nil {
		return nil, w.shifted(err)
	}
	statements := tree.list("stmts")
	if len(statements) != 1 {
		return nil, &SyntaxError{Offset: w.second(), Message: "want one statement"}
	}
	n, _ := statements[0].(map[string]any)
	return n, nil
}

// second returns the offset of the second statement of the text.
func (w wrapping) second() int {
	if all := sqltext.Split(w.text); len(all) > 1 {
		return all[1].Offset
	}
	return 0
}

// balanced refuses text that ends what it is wrapped in.
func (w wrapping) balanced() error {
	if w.before == "" {
		return nil
	}
	depth := 0
	for t := range sqltext.Scan(w.text) {
		switch {
		case t.Open:
			return &SyntaxError{Offset: t.Offset, Message: "a string, name or comment without end"}
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		}
		if depth < 0 || t.Kind == sqltext.Semicolon {
			return &SyntaxError{Offset: t.Offset, Message: `syntax error at or near "` + t.Text + `"`}
		}
	}
	return nil
}

// shifted returns a parser's error with its place in the text.
func (w wrapping) shifted(err error) error {
	wrong, ok := err.(*SyntaxError)
	if !ok {
		return err
	}
	at := wrong.Offset - len(w.before)
	if at >= len(w.text) && w.after != "" {
		return &SyntaxError{Offset: len(w.text), Message: "syntax error at end of input"}
	}
	return &SyntaxError{Offset: min(max(at, 0), len(w.text)), Message: wrong.Message}
}

// expression returns the expression that is in the parentheses, if it is one:
// neither a list nor a query without parentheses of its own.
func (w wrapping) expression(tree node) (any, error) {
	query, _ := is(tree["stmt"], "SelectStmt")
	targets := query.list("targetList")
	if len(targets) != 1 {
		return nil, &SyntaxError{Message: "want an expression"}
	}
	target, _ := is(targets[0], "ResTarget")
	class, n := unwrap(target["val"])
	own := n.at() == len(w.before)-1
	// Of ((SELECT ...)) the place is that of the outer parenthesis.
	bare := class == "SubLink" && !scan(w.text).is(0, "(")
	if own && (bare || class == "RowExpr" && n.text("row_format") == "COERCE_IMPLICIT_CAST") {
		return nil, &SyntaxError{Offset: begin(w.text), Message: "want one expression"}
	}
	return target["val"], nil
}

// unwrapped returns an analysis with its places in the text.
func (w wrapping) unwrapped(a *Analysis) *Analysis {
	by, size := len(w.before), len(w.text)
	move := func(places ...*int) {
		for _, place := range places {
			*place -= by
		}
	}
	for i := range a.Names {
		move(&a.Names[i].Begin, &a.Names[i].End, &a.Names[i].From)
	}
	for i := range a.Missing {
		move(&a.Missing[i].Begin, &a.Missing[i].End)
	}
	for i := range a.Wrong {
		move(&a.Wrong[i].Begin, &a.Wrong[i].End)
	}
	for i := range a.Unfit {
		move(&a.Unfit[i].Begin, &a.Unfit[i].End)
	}
	for i := range a.Dynamic {
		move(&a.Dynamic[i])
	}
	a.Names = slices.DeleteFunc(a.Names, func(n Name) bool { return n.From < 0 || n.End > size })
	a.Uses = slices.DeleteFunc(a.Uses, address.Address.IsZero)
	return a
}
