package parser

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// effectsForm is part of what kept effects are known by. It is raised where they
// become others.
const effectsForm = "effects4"

// Effects returns what the statements of a text do to objects, as far as their
// text says so. It needs no catalog: names are as they are written. Of a text that
// was read before, the acts are kept and not the trees, which are larger.
func (p *Parser) Effects(text string) ([]Act, error) {
	result := p.once(effectsForm, text, func() (record, error) {
		acts, err := New(nil).acts(text)
		if err != nil {
			return record{}, err
		}
		written, err := json.Marshal(acts)
		return record{Text: string(written)}, err
	})
	if result.err != nil {
		return nil, result.err
	}
	var acts []Act
	err := json.Unmarshal([]byte(result.text), &acts)
	return acts, err
}

// acts reads the statements one by one.
func (p *Parser) acts(text string) ([]Act, error) {
	var acts []Act
	for _, s := range sqltext.Split(text) {
		tree, err := p.read1(wrapping{text: s.Text})
		if err != nil {
			return nil, fragment{begin: s.Offset}.shifted(err)
		}
		class, n := unwrap(tree["stmt"])
		w := &witness{parser: p, text: s.Text}
		w.statement(class, n)
		w.refers(class, n)
		acts = append(acts, Act{
			Begin: s.Offset, End: s.Offset + len(s.Text), Kind: kindOf(class, n, s.Text),
			Effects: w.sorted(), Inner: w.inner, Opaque: w.opaque,
		})
	}
	return acts, nil
}

// kindOf returns the name of a statement: a query by what it does with rows, others
// as PostgreSQL's command tags have it.
func kindOf(class string, n node, text string) string {
	if isQuery(class) {
		return strings.ToUpper(strings.TrimSuffix(class, "Stmt"))
	}
	return tagOf(class, n, text)
}

// altered returns what is altered where a part of it is.
func altered(class string) string {
	switch class {
	case "COLUMN", "CONSTRAINT":
		return "TABLE"
	case "ATTRIBUTE":
		return "TYPE"
	case "DOMAIN CONSTRAINT":
		return "DOMAIN"
	}
	return class
}

// A witness sees what a statement does. It is the catalog of a resolver that
// knows everything and writes down what it is asked for.
type witness struct {
	parser  *Parser
	text    string
	effects []Effect
	asked   []Effect
	inner   []string
	opaque  bool
}

func (w *witness) add(e Effect) { w.effects = append(w.effects, e) }

// ask takes in a name that is referred to.
func (w *witness) ask(class, schema, name string) {
	if name != "" {
		w.asked = append(w.asked, Effect{Verb: Refers, Class: class, Schema: schema, Name: name})
	}
}

// Relation, Type, Function and Sequence make the witness a Catalog.
func (w *witness) Relation(schema, name string) (Relation, bool) {
	w.ask("relation", schema, name)
	return Relation{Open: true}, true
}

func (w *witness) Type(schema, name string) (Type, bool) {
	w.ask("type", schema, name)
	return Type{}, true
}

func (w *witness) Function(schema, name string, _ []string) (Function, bool) {
	w.ask("function", schema, name)
	return Function{}, false
}

func (w *witness) Sequence(string, string) (address.Address, bool) { return address.Address{}, false }

// refers finds what is referred to, in the bodies of functions too.
func (w *witness) refers(class string, n node) {
	r := newResolver(w.text, w)
	r.query(class, n, environment{})
	visit(n, func(class string, n node) {
		switch class {
		case "CreateFunctionStmt":
			w.body(n.list("options"), parameters(n.list("parameters")))
		case "DoStmt":
			w.body(n.list("args"), nil)
		}
	}, class)
}

// body finds what the body of a function refers to. One that is not read is not
// followed.
func (w *witness) body(options []any, args []Argument) {
	language, text := code(options)
	var found *Analysis
	var err error
	switch {
	case text == "":
		return
	case language == "sql":
		found, err = w.parser.SQLBody(text, Routine{Args: args}, w)
	case language == "plpgsql" || language == "":
		found, err = w.parser.PLpgSQL(text, Routine{Args: args}, w)
	}
	w.opaque = w.opaque || err != nil || found == nil || len(found.Dynamic) > 0
}

// code returns the language and the text of a body; a DO without one is in
// PL/pgSQL, of which "" is the language too.
func code(options []any) (language, text string) {
	for _, v := range options {
		option, _ := is(v, "DefElem")
		value, _ := is(option["arg"], "String")
		switch option.text("defname") {
		case "language":
			language = strings.ToLower(value.text("sval"))
		case "as":
			if list, ok := is(option["arg"], "List"); ok {
				parts := names(list.list("items"))
				value = node{"sval": strings.Join(parts[:min(len(parts), 1)], "")}
			}
			text = value.text("sval")
		}
	}
	return language, text
}

// visit calls see for a node and those in it that have a class.
func visit(v any, see func(string, node), class string) {
	switch v := v.(type) {
	case node:
		if class != "" {
			see(class, v)
		}
		for _, field := range v.fields() {
			visit(v[field], see, classOfField(field))
		}
	case []any:
		for _, item := range v {
			visit(item, see, "")
		}
	case map[string]any:
		if class, n := unwrap(v); class != "" {
			visit(n, see, class)
		} else {
			visit(node(v), see, class)
		}
	}
}

// sorted returns the effects, and what is referred to behind them: each once, and
// not what the statement does something else to.
func (w *witness) sorted() []Effect {
	all := slices.Clone(w.effects)
	slices.SortFunc(w.asked, func(a, b Effect) int { return strings.Compare(a.String(), b.String()) })
	for i, asked := range w.asked {
		again := i > 0 && asked.String() == w.asked[i-1].String()
		own := slices.ContainsFunc(w.effects, func(e Effect) bool {
			here := e.Schema == asked.Schema || e.Schema == "pg_temp" && asked.Schema == ""
			return here && (e.Name == asked.Name && e.Relation == "" || e.Relation == asked.Name)
		})
		if !again && !own {
			all = append(all, asked)
		}
	}
	return all
}
