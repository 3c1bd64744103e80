package parser

import (
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// PLpgSQL analyses the body of a function, procedure or DO in PL/pgSQL. A name
// that could be that of a variable as well as that of a column means nothing: it
// stays text unless something stands before it.
//
// libpg_query knows PL/pgSQL too, but not where in the body its expressions
// stand, and it refuses fields of variables whose type is a relation, since it
// knows none. So the body is divided here, as PL/pgSQL's own scanner does, and
// only what is SQL is read by libpg_query.
func (p *Parser) PLpgSQL(text string, routine Routine, catalog Catalog) (*Analysis, error) {
	if err := valid(text); err != nil {
		return nil, err
	}
	body, err := readBody(text)
	if err != nil {
		return nil, err
	}
	pl := &procedure{parser: p, text: text, body: body, routine: routine, catalog: catalog, all: &Analysis{Dynamic: body.dynamic}}
	if err := pl.learn(); err != nil {
		return nil, err
	}
	for _, f := range body.fragments {
		if _, err := pl.resolve(f, pl.all); err != nil {
			return nil, err
		}
	}
	return pl.all.sorted(), nil
}

// A procedure is a body that is being analysed.
type procedure struct {
	parser  *Parser
	text    string
	body    *body
	routine Routine
	catalog Catalog
	all     *Analysis
	rows    map[string]*source // variables whose fields are known
	made    map[string]bool    // relations that the body creates
}

// learn finds out which fields variables have: those of a relation, or those of
// the queries whose rows they take.
func (pl *procedure) learn() error {
	pl.rows, pl.made = map[string]*source{}, map[string]bool{}
	r := newResolver("", pl.catalog)
	for _, v := range pl.body.variables {
		s, ok := r.composite(column{typ: v.typ})
		if _, twice := pl.rows[v.name]; twice || !ok {
			s = &source{open: true}
		}
		pl.rows[v.name] = &source{name: v.name, relation: s.relation, columns: s.columns, open: s.open, hidden: true}
	}
	taken := map[string][]output{}
	for _, f := range pl.body.fragments {
		if f.into == "" {
			continue
		}
		out := output{open: true}
		if f.kind != dynamicRow {
			var err error
			if out, err = pl.resolve(f, &Analysis{}); err != nil {
				return err
			}
		}
		taken[f.into] = append(taken[f.into], out)
	}
	for _, name := range slices.Sorted(maps.Keys(taken)) {
		if s := pl.rows[name]; s != nil && s.relation.IsZero() {
			pl.rows[name] = &source{name: name, columns: agreed(taken[name]), open: true, hidden: true}
		}
	}
	return nil
}

// agreed returns the columns that bear the name of one object in all outputs.
func agreed(all []output) []column {
	var columns []column
	for _, c := range all[0].columns {
		same := func(out output) bool {
			other, ok := out.source("").column(c.name)
			return ok && !out.open && other.named == c.named
		}
		if !c.named.IsZero() && !slices.ContainsFunc(all, func(out output) bool { return !same(out) }) {
			columns = append(columns, c)
		}
	}
	return columns
}

// resolve analyses a fragment and adds what it finds to an analysis.
func (pl *procedure) resolve(f fragment, to *Analysis) (output, error) {
	if f.kind == dynamicRow {
		return output{}, nil
	}
	w := f.wrapped(pl.text)
	if f.kind == typeFragment && strings.Contains(w.text, "%") {
		return output{}, pl.resolveType(f, to)
	}
	tree, err := pl.parser.tree(w.whole())
	if err != nil {
		return output{}, f.shifted(w.shifted(err))
	}
	r, env := pl.resolver(w.whole())
	out := output{open: true}
	for _, v := range tree.list("stmts") {
		statement, _ := v.(map[string]any)
		class, n := unwrap(statement["stmt"])
		out = r.query(class, n, env)
	}
	to.merge(w.unwrapped(r.analysis), f.begin)
	return out, nil
}

// resolveType analyses relation%ROWTYPE and relation.column%TYPE. Before %TYPE, a
// variable can stand too.
func (pl *procedure) resolveType(f fragment, to *Analysis) error {
	text := pl.text[f.begin:f.end]
	name, kind, _ := strings.Cut(text, "%")
	parts, ok := path(name)
	if !ok || len(parts) == 0 {
		return &SyntaxError{Offset: f.begin, Message: "want the name of a type"}
	}
	r, _ := pl.resolver(text)
	switch row := sqltext.Keyword(kind) == "ROWTYPE"; {
	case row:
		schema, relation := qualified(parts)
		r.relation(node{"schemaname": schema, "relname": relation, "location": float64(begin(text))})
	case !pl.body.names[parts[0]]:
		r.typeOfColumn(begin(text), parts)
	}
	to.merge(r.analysis, f.begin)
	return nil
}

// resolver returns a resolver of a fragment and what it knows.
func (pl *procedure) resolver(text string) (*resolver, environment) {
	r := newResolver(text, pl.catalog)
	r.made = pl.made
	env := r.routine(pl.routine, true)
	maps.Copy(r.variables.names, pl.body.names)
	for name := range pl.body.names {
		delete(r.variables.types, name) // it may stand for what is declared
	}
	for _, name := range slices.Sorted(maps.Keys(pl.rows)) {
		if env.scope.find("", name) == nil {
			env.scope.sources = append(env.scope.sources, pl.rows[name])
		}
	}
	for name := range strings.FieldsSeq(string(alwaysKnown)) {
		r.variables.names[name] = true
	}
	return r, env
}

// alwaysKnown are the variables that PL/pgSQL declares.
const alwaysKnown words = " found sqlstate sqlerrm new old tg_name tg_when tg_level tg_op tg_relid tg_relname tg_table_name tg_table_schema tg_nargs tg_argv tg_event tg_tag "

// merge adds an analysis of what begins at an offset.
func (a *Analysis) merge(part *Analysis, at int) {
	for _, n := range part.Names {
		n.Begin, n.End, n.From = n.Begin+at, n.End+at, n.From+at
		a.Names = append(a.Names, n)
	}
	for _, m := range part.Missing {
		m.Begin, m.End = m.Begin+at, m.End+at
		a.Missing = append(a.Missing, m)
	}
	for _, w := range part.Wrong {
		w.Begin, w.End = w.Begin+at, w.End+at
		a.Wrong = append(a.Wrong, w)
	}
	for _, u := range part.Unfit {
		u.Begin, u.End = u.Begin+at, u.End+at
		a.Unfit = append(a.Unfit, u)
	}
	for _, d := range part.Dynamic {
		a.Dynamic = append(a.Dynamic, d+at)
	}
	a.Overloads = append(a.Overloads, part.Overloads...)
	a.Uses = append(a.Uses, slices.DeleteFunc(part.Uses, address.Address.IsZero)...)
}
