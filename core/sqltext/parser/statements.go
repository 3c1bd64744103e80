package parser

import "github.com/whimbreldb/whimbrel/core/sqltext"

// statements reads statements up to a keyword that no statement begins with.
func (r *reader) statements(ends ...string) {
	if r.depth++; r.depth > deepestBlock && r.err == nil {
		r.err = &SyntaxError{Offset: r.offset(), Message: "statements that are nested too deeply"}
	}
	for r.more() && (r.isAssignment() || !r.is(ends...)) {
		r.statement()
		r.want(";")
	}
	r.depth--
}

// statement reads one statement without its semicolon.
func (r *reader) statement() {
	r.label()
	if r.isAssignment() {
		r.assignment()
		return
	}
	switch word := r.lower(); {
	case word == "":
		r.fail()
	case !r.structure(word) && !r.simple(word):
		r.query(statementFragment, ";")
	}
}

// isAssignment reports whether a name and := or = come next.
func (r *reader) isAssignment() bool {
	if !r.more() {
		return false
	}
	i := r.target(r.i)
	return i > r.i && (r.tokens.is(i, "=") || r.tokens.is(i, ":") && r.tokens.is(i+1, "="))
}

// target returns the index behind a name with its fields and subscripts.
func (r *reader) target(i int) int {
	if i >= len(r.tokens) {
		return i
	}
	if kind := r.tokens[i].Kind; kind != sqltext.Word && kind != sqltext.QuotedName && kind != sqltext.Parameter {
		return i
	}
	for i++; i < len(r.tokens); {
		switch {
		case r.tokens.is(i, "["):
			i = r.tokens.behind(i)
		case r.tokens.is(i, ".") && i+1 < len(r.tokens):
			i += 2
		default:
			return i
		}
	}
	return i
}

// assignment reads target := expression.
func (r *reader) assignment() {
	end := r.target(r.i)
	r.assignee(r.i, end)
	if end == r.i+1 && r.tokens[r.i].Kind != sqltext.Parameter {
		r.takes(r.nameAt(r.i), dynamicRow, r.offset())
	}
	r.i = end
	r.assigns()
	r.expression(";")
}

// assignee takes in what is assigned to. A name alone can only be a variable.
func (r *reader) assignee(i, end int) {
	if end > i+1 {
		r.add(targetFragment, r.tokens[i].Offset, r.tokens[end-1].End())
	}
}

func (r *reader) nameAt(i int) string {
	name, _ := r.tokens[i].Identifier()
	return name
}

// takes says that a variable takes rows that are not known.
func (r *reader) takes(name string, kind fragmentKind, at int) {
	if r.err == nil && name != "" {
		r.body.fragments = append(r.body.fragments, fragment{kind: kind, begin: at, end: at, into: name})
	}
}

// targets reads the variables behind INTO and returns the only one, if it is one
// without fields.
func (r *reader) targets() string {
	r.take("strict")
	only := ""
	for count := 1; r.more(); count++ {
		end := r.target(r.i)
		if end == r.i {
			r.fail()
			return ""
		}
		r.assignee(r.i, end)
		if only = ""; count == 1 && end == r.i+1 {
			only = r.nameAt(r.i)
		}
		r.i = end
		if !r.take(",") {
			return only
		}
	}
	return ""
}

// query reads a statement of SQL up to a token. PL/pgSQL takes INTO out of it.
func (r *reader) query(kind fragmentKind, ends ...string) *fragment {
	begin := r.offset()
	first := r.lower()
	var blank []span
	into := ""
	var before sqltext.Token
	for r.more() && !r.is(ends...) {
		switch {
		case r.is("into") && !before.Is("insert") && !before.Is("merge") && first != "import":
			at := r.offset()
			r.i++
			into = r.targets()
			blank = append(blank, span{at, r.tokens[r.i-1].End()})
		case r.is("(", "["):
			r.i = r.tokens.behind(r.i)
		case r.isSemicolon():
			r.fail()
		default:
			r.i++
		}
		before = r.tokens[r.i-1]
	}
	if !r.more() {
		r.fail()
		return &fragment{}
	}
	f := r.add(kind, begin, r.tokens[max(r.i-1, 0)].End())
	f.blank, f.into = blank, into
	return f
}
