package parser

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A Routine is the function or procedure that a body belongs to.
type Routine struct {
	Name   string          // which can stand before the names of arguments
	Object address.Address // that has the name
	Args   []Argument      // of all modes, and the columns of RETURNS TABLE
	// Row is the relation of NEW and OLD in the function of a trigger, where only
	// one has such a trigger.
	Row *Relation
	// Tables are relations that are known only in the body, such as the transition
	// tables of a trigger.
	Tables []Source
}

// An Argument is an argument of a routine, or a column that it returns.
type Argument struct{ Name, Type string }

// SQLBody analyses the body of a function in SQL: statements, BEGIN ATOMIC with
// statements in it, or RETURN with an expression.
func (p *Parser) SQLBody(text string, routine Routine, catalog Catalog) (*Analysis, error) {
	w := wrapping{text: text}
	if sqltext.Standard(text) {
		w.before = "CREATE FUNCTION f() LANGUAGE sql "
	}
	tree, err := p.tree(w.whole())
	if err != nil {
		return nil, w.shifted(err)
	}
	statements := tree.list("stmts")
	if w.before != "" && len(statements) != 1 {
		return nil, &SyntaxError{Offset: w.second(), Message: "want nothing behind the body"}
	}
	r := newResolver(w.whole(), catalog)
	env := r.routine(routine, false)
	for _, v := range statements {
		statement, _ := v.(map[string]any)
		class, n := unwrap(statement["stmt"])
		if class == "CreateFunctionStmt" && w.before != "" {
			r.atomic(n["sql_body"], env)
		} else {
			r.query(class, n, env)
		}
	}
	return w.unwrapped(r.analysis).sorted(), nil
}

// atomic resolves the statements of BEGIN ATOMIC, which are in lists, or RETURN.
func (r *resolver) atomic(v any, env environment) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			r.atomic(item, env)
		}
	case map[string]any:
		class, n := unwrap(v)
		if class == "List" {
			r.atomic(n["items"], env)
			return
		}
		r.query(class, n, env)
	}
}

// routine takes in what is known in the body of a routine.
func (r *resolver) routine(routine Routine, first bool) environment {
	r.variables = variables{names: map[string]bool{}, types: map[string]string{}, first: first, function: routine.Name, object: routine.Object}
	var known namespace
	for _, arg := range routine.Args {
		r.variables.names[arg.Name], r.variables.types[arg.Name] = true, arg.Type
		if s, ok := r.composite(column{typ: arg.Type}); ok && arg.Name != "" {
			known.sources = append(known.sources, &source{name: arg.Name, relation: s.relation, columns: s.columns, open: s.open, hidden: true})
		}
	}
	if routine.Row != nil {
		for _, name := range []string{"new", "old"} {
			known.sources = append(known.sources, Source{Name: name, Relation: *routine.Row, Qualified: true}.source())
		}
	}
	env := environment{ctes: &ctes{byName: map[string]*source{}}}.within(known)
	for _, table := range routine.Tables {
		s := table.source()
		s.named = address.Address{}
		env.ctes.byName[table.Name] = s
	}
	return env
}
