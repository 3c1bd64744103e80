package parser

import "strings"

// subquery resolves a query inside of an expression.
func (r *resolver) subquery(n node, env environment) {
	r.walk(n["testexpr"], env)
	class, query := unwrap(n["subselect"])
	r.outputs[n.at()] = r.query(class, query, env)
}

// call resolves the call of a function.
func (r *resolver) call(n node, env environment) {
	parts := names(n.list("funcname"))
	schema, name := qualified(parts)
	if place, from, ok := r.place(n.at(), parts...); ok && n.text("funcformat") != "COERCE_SQL_SYNTAX" {
		args := r.passed(n, env)
		if found, ok := r.catalog.Function(schema, name, args); ok {
			r.addFunction(found, place, from, true)
			r.unfit(found, Unfit{Begin: place.begin, End: place.end, Schema: schema, Name: name, Passed: Passing(args)})
		}
	}
	if args := n.list("args"); ofSequences.has(name) && len(args) > 0 {
		r.regclass(args[0])
	}
	r.fields(n, env)
}

// ofSequences are the functions whose first argument is the name of a sequence.
const ofSequences words = " nextval currval setval "

// cast resolves a cast. A string that is cast to regclass is a name.
func (r *resolver) cast(n node, env environment) {
	as := n.of("typeName")
	switch _, name := qualified(names(as.list("names"))); name {
	case "regclass":
		r.regclass(n["arg"])
	case "regtype":
		r.regtype(n["arg"])
	}
	r.typeName(as)
	r.walk(n["arg"], env)
}

// regclass resolves a string that is the name of a relation.
func (r *resolver) regclass(v any) {
	schema, name, place, ok := r.literal(v)
	if !ok {
		return
	}
	if object, ok := r.catalog.Sequence(schema, name); ok {
		r.keep(Name{Begin: place.begin, End: place.end, From: place.begin, Object: object, Role: SequenceName, Literal: true})
	} else if found, ok := r.catalog.Relation(schema, name); ok {
		r.keep(Name{Begin: place.begin, End: place.end, From: place.begin, Object: found.Object, Role: RelationName, Literal: true})
	}
}

func (r *resolver) regtype(v any) {
	schema, name, place, ok := r.literal(v)
	if !ok {
		return
	}
	if found, ok := r.catalog.Type(schema, name); ok {
		r.keep(Name{Begin: place.begin, End: place.end, From: place.begin, Object: found.Object, Role: TypeName, Literal: true})
	}
}

// literal returns the name that is the text of a string, and its place. A string
// that is written with escapes or in several pieces is left alone.
func (r *resolver) literal(v any) (schema, name string, place span, ok bool) {
	text, at, ok := constant(v)
	i, found := r.tokens.at(at)
	if !ok || !found || strings.TrimLeft(r.tokens[i].Text, "eE") != "'"+text+"'" {
		return "", "", span{}, false
	}
	var parts []string
	for k, t := range scan(text) {
		part, named := t.Identifier()
		if k%2 == 1 && !t.Is(".") || k%2 == 0 && !named {
			return "", "", span{}, false
		}
		if k%2 == 0 {
			parts = append(parts, part)
		}
	}
	schema, name = qualified(parts)
	return schema, name, span{at, r.tokens[i].End()}, name != ""
}

// indirection resolves what follows an expression: fields of a row, elements of
// an array. Only of a name and of a call is known what fields it has.
func (r *resolver) indirection(n node, env environment) {
	r.walk(n["arg"], env)
	r.walk(n["indirection"], env)
	fields, i, ok := r.rowFields(n, env)
	for _, v := range n.list("indirection") {
		field, named := is(v, "String")
		if !ok || !named {
			r.usesWhole(v, fields)
			return
		}
		place, next, found := r.step(i, field.text("sval"))
		if !found {
			return
		}
		r.usesPart(fields)
		c, known := fields.column(field.text("sval"))
		if known {
			r.bears(c, place)
		} else if !fields.open && !systemColumns.has(field.text("sval")) {
			r.wrong(Wrong{Begin: place.begin, End: place.end, Name: field.text("sval"), Relation: fields.relation})
		}
		fields, ok = r.composite(c)
		i = next
	}
}

// usesPart takes in that an attribute of a composite is named.
func (r *resolver) usesPart(fields *source) {
	if fields.composite {
		r.analysis.Parts = append(r.analysis.Parts, fields.relation)
	}
}

// usesWhole takes in what * stands for: the attributes of a composite, or the columns
// of a row.
func (r *resolver) usesWhole(v any, fields *source) {
	_, all := is(v, "A_Star")
	switch {
	case !all || fields == nil:
	case fields.composite:
		r.usesPart(fields)
		r.analysis.Uses = append(r.analysis.Uses, fields.relation)
	default:
		r.usesAll(fields.columns)
	}
}

// rowFields returns the fields of the row that an indirection begins with, and
// the token behind its name or call.
func (r *resolver) rowFields(n node, env environment) (*source, int, bool) {
	next, located := r.behind(n["arg"])
	if row, ok := r.rowOf(n["arg"], env); ok || !located {
		return row, next, ok && located
	}
	ref, ok := is(n["arg"], "ColumnRef")
	if !ok {
		return nil, 0, false
	}
	parts := names(ref.list("fields"))
	if c, ok := r.meant(ref, env); ok {
		fields, ok := r.composite(c)
		return fields, next, ok
	}
	s := env.scope.find(schemaOf(parts), parts[len(parts)-1])
	return s, next, s != nil && (len(parts) > 1 || s.hidden || !r.variables.names[parts[0]])
}

// step returns the place of a field behind a token: brackets may close before it.
func (r *resolver) step(i int, field string) (place span, next int, ok bool) {
	for r.tokens.is(i, ")") {
		i++
	}
	if !r.tokens.is(i, ".") {
		return span{}, i, false
	}
	return r.tokens.name(i+1, field)
}

// lastField returns the last field of an indirection and its place, if it is
// found.
func (r *resolver) lastField(n node) (name string, place span, ok bool) {
	for _, v := range n.list("indirection") {
		if field, named := is(v, "String"); named {
			name = field.text("sval")
		}
	}
	i, ok := r.behind(n["arg"])
	if !ok {
		return name, span{}, false
	}
	for _, v := range n.list("indirection") {
		field, named := is(v, "String")
		if !ok || !named {
			return name, span{}, false
		}
		place, i, ok = r.step(i, field.text("sval"))
	}
	return name, place, ok
}
