package parser

import "strings"

// label reads the labels before a block or loop.
func (r *reader) label() {
	for r.is("<") && r.tokens.is(r.i+1, "<") {
		r.i += 2
		r.declare()
		r.want(">", ">")
	}
}

// block reads DECLARE, BEGIN, EXCEPTION and END.
func (r *reader) block() {
	for r.take("declare") {
		for r.more() && !r.is("begin", "declare") {
			r.declaration()
		}
	}
	r.want("begin")
	r.statements("exception", "end")
	if r.take("exception") {
		for r.take("when") {
			r.until("then")
			r.want("then")
			r.statements("when", "end")
		}
	}
	r.want("end")
	if !r.is(";") && r.more() {
		r.name()
	}
}

// declaration reads the declaration of a variable, an alias or a cursor.
func (r *reader) declaration() {
	name := r.declare()
	switch {
	case r.is("alias"):
		r.until(";")
	case r.isCursor():
		r.cursor(name)
	default:
		r.take("constant")
		r.typed(name)
		if r.take("collate") {
			r.until("not", ":", "=", "default", ";")
		}
		if r.take("not") {
			r.want("null")
		}
		if r.assigns() || r.take("default") {
			r.expression(";")
		}
	}
	r.want(";")
}

// assigns reads := or =.
func (r *reader) assigns() bool {
	colon := r.take(":")
	return r.take("=") || colon
}

// typed reads the type of a variable.
func (r *reader) typed(name string) {
	begin, end := r.until("collate", "not", ":", "=", "default", ";")
	r.add(typeFragment, begin, end)
	if r.err == nil {
		r.body.variables = append(r.body.variables, variable{name: name, typ: rowType(r.text[begin:end])})
	}
}

// rowType takes off %ROWTYPE, which says nothing.
func rowType(typ string) string {
	name, kind, _ := strings.Cut(typ, "%")
	if strings.EqualFold(strings.TrimSpace(kind), "rowtype") {
		return name
	}
	return typ
}

func (r *reader) isCursor() bool {
	return r.is("cursor") || r.is("no") && r.tokens.is(r.i+1, "scroll") || r.is("scroll") && r.tokens.is(r.i+1, "cursor")
}

// cursor reads [[NO] SCROLL] CURSOR [(arguments)] {FOR | IS} query.
func (r *reader) cursor(name string) {
	for r.take("no") || r.take("scroll") {
		continue
	}
	r.want("cursor")
	if r.take("(") {
		for r.more() {
			r.declare()
			begin, end := r.until(",", ")")
			r.add(typeFragment, begin, end)
			if !r.take(",") {
				break
			}
		}
		r.want(")")
	}
	if !r.take("is") {
		r.want("for")
	}
	begin, end := r.until(";")
	r.body.cursors[name] = *r.add(statementFragment, begin, end)
}
