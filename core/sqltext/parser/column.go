package parser

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// columnRef resolves a name that may be that of a column, with names before it.
func (r *resolver) columnRef(n node, env environment) {
	parts := names(n.list("fields"))
	i, _ := r.tokens.at(n.at())
	places, _, ok := r.tokens.path(i, parts)
	if !ok {
		return // written in a way that names nothing, such as a keyword
	}
	switch len(parts) {
	case 1:
		if parts[0] != star {
			r.unqualified(parts[0], places[0], env)
		} else if env.scope != nil {
			r.usesAll(env.scope.columns)
		}
	case 2:
		r.qualified("", parts, places, places[0].begin, env)
	default:
		last := len(parts) - 2
		r.qualified(parts[last-1], parts[last:], places[last:], places[0].begin, env)
	}
}

// unqualified resolves a name alone: a column, a variable, or a row.
func (r *resolver) unqualified(name string, place span, env environment) {
	variable := r.variables.names[name]
	if variable && r.variables.first {
		return // it could be both: PostgreSQL knows only when it runs
	}
	c, found, certain := column{}, false, true
	for s := env.scope; s != nil && certain && !found; s = s.outer {
		c, found, certain = s.lookup(name)
	}
	switch {
	case found:
		r.bears(c, place)
	case !certain, variable, systemColumns.has(name):
	case r.row(name, place, env):
	default:
		r.wrong(Wrong{Begin: place.begin, End: place.end, Name: name, Relation: env.scope.single()})
	}
}

// lookup looks for a column in one scope. certain is false where it can be there
// without being known, or is there twice.
func (s *scope) lookup(name string) (c column, found, certain bool) {
	switch matches := s.matches(name); {
	case len(matches) == 1:
		return matches[0], true, true
	case len(matches) > 1:
		return column{}, false, false
	}
	if s.open && s.source("", name) != nil {
		return column{}, false, true // the row rather than a column of that name
	}
	return column{}, false, !s.open
}

// single returns the only relation whose columns can be meant, or zero.
func (n namespace) single() address.Address {
	visible := slices.DeleteFunc(slices.Clone(n.sources), func(s *source) bool { return s.hidden })
	if len(visible) != 1 {
		return address.Address{}
	}
	return visible[0].relation
}

// single does so for the names of a scope.
func (s *scope) single() address.Address {
	if s == nil || s.outer != nil {
		return address.Address{}
	}
	return s.namespace.single()
}

// row resolves the name of an entry of FROM, which stands for its row.
func (r *resolver) row(name string, place span, env environment) bool {
	s := env.scope.find("", name)
	if s == nil {
		return false
	}
	r.bearsSource(s, place, place.begin, false)
	r.usesAll(s.columns)
	return true
}

// qualified resolves a column with the name of a relation before it. from is
// where the names of schemas before that begin.
func (r *resolver) qualified(schema string, parts []string, places []span, from int, env environment) {
	s := env.scope.find(schema, parts[0])
	if s == nil || r.argument(schema, parts, s) {
		r.unknown(schema, parts, places)
		return
	}
	r.bearsSource(s, places[0], from, schema != "")
	if parts[1] == star {
		r.usesAll(s.columns)
		return
	}
	r.member(s, parts[1], places[1])
}

// argument reports whether a name with that of the function before it is an argument,
// although a relation has the name of the function: it has no such column.
func (r *resolver) argument(schema string, parts []string, s *source) bool {
	_, column := s.column(parts[1])
	return schema == "" && parts[0] == r.variables.function && r.variables.names[parts[1]] && !column && !s.open
}

// member resolves a column of a source. What is no column can be a function of
// the row: pizza.label means label(pizza).
func (r *resolver) member(s *source, name string, place span) {
	if c, ok := s.column(name); ok {
		r.bears(c, place)
		return
	}
	if s.open || systemColumns.has(name) {
		return
	}
	if found, ok := r.catalog.Function("", name, []string{""}); ok && !found.Unfit {
		r.addFunction(found, place, place.begin, false)
		return
	}
	r.wrong(Wrong{Begin: place.begin, End: place.end, Name: name, Relation: s.relation})
}

// unknown takes a name before a dot that is of no relation: a variable, the
// function itself before one of its arguments, or nothing.
func (r *resolver) unknown(schema string, parts []string, places []span) {
	name, place := parts[0], places[0]
	switch {
	case schema != "" || r.variables.names[name]:
	case name == r.variables.function && name != "":
		r.add(FunctionName, r.variables.object, place)
		if argument := parts[1]; !r.variables.first && !r.variables.names[argument] && argument != star {
			r.wrong(Wrong{Begin: places[1].begin, End: places[1].end, Name: argument, Function: name})
		}
	default:
		r.wrong(Wrong{Begin: place.begin, End: place.end, Name: name, Qualifier: name})
	}
}
