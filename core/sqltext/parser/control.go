package parser

// structure reads a statement that has others in it.
func (r *reader) structure(word string) bool {
	switch word {
	case "declare", "begin":
		r.block()
	case "if":
		r.conditional()
	case "case":
		r.choice()
	case "loop":
		r.loop()
	case "while":
		r.i++
		r.expression("loop")
		r.loop()
	case "for":
		r.i++
		r.iteration()
		r.loop()
	case "foreach":
		r.i++
		r.elements()
		r.loop()
	default:
		return false
	}
	return true
}

func (r *reader) conditional() {
	r.want("if")
	r.expression("then")
	r.want("then")
	r.statements("elsif", "elseif", "else", "end")
	for r.take("elsif") || r.take("elseif") {
		r.expression("then")
		r.want("then")
		r.statements("elsif", "elseif", "else", "end")
	}
	if r.take("else") {
		r.statements("end")
	}
	r.want("end", "if")
}

func (r *reader) choice() {
	r.want("case")
	if !r.is("when") {
		r.expression("when")
	}
	for r.take("when") {
		r.expression("then")
		r.want("then")
		r.statements("when", "else", "end")
	}
	if r.take("else") {
		r.statements("end")
	}
	r.want("end", "case")
}

func (r *reader) loop() {
	r.want("loop")
	r.statements("end")
	r.want("end", "loop")
	if !r.is(";") && r.more() {
		r.name()
	}
}

// iteration reads a FOR up to its LOOP.
func (r *reader) iteration() {
	begin := r.i
	row := r.targets()
	if r.err == nil && r.i == begin+1 {
		r.body.names[r.nameAt(begin)] = true
	}
	r.want("in")
	switch {
	case r.take("execute"):
		r.dynamic(r.i - 1)
		r.expression("using", "loop")
		r.arguments("loop")
		r.takes(row, dynamicRow, r.offset())
	case r.isRange():
		r.take("reverse")
		r.expression("..")
		r.want("..")
		r.expression("by", "loop")
		if r.take("by") {
			r.expression("loop")
		}
	case r.isOpenedCursor():
		r.rows(r.name(), row)
		r.inParentheses()
	default:
		r.query(statementFragment, "loop").into = row
	}
}

// isRange reports whether two dots come before LOOP.
func (r *reader) isRange() bool {
	for i := r.i; i < len(r.tokens) && !r.tokens.is(i, "loop"); i++ {
		switch {
		case r.tokens.is(i, ".."):
			return true
		case r.tokens.is(i, "("), r.tokens.is(i, "["):
			i = r.tokens.behind(i) - 1
		}
	}
	return false
}

// isOpenedCursor reports whether the name of a cursor comes next, with or without
// arguments, as the only thing before LOOP.
func (r *reader) isOpenedCursor() bool {
	if r.lower() == "" || r.is("table", "values", "select", "with") {
		return false
	}
	i := r.i + 1
	if r.tokens.is(i, "(") {
		i = r.tokens.behind(i)
	}
	return r.tokens.is(i, "loop")
}

// rows says that a variable takes the rows of a cursor.
func (r *reader) rows(cursor, into string) {
	f, ok := r.body.cursors[cursor]
	if !ok || r.err != nil {
		r.takes(into, dynamicRow, r.offset())
		return
	}
	if f.into = into; into != "" {
		r.body.fragments = append(r.body.fragments, f)
	}
}

// inParentheses reads arguments, if there are some.
func (r *reader) inParentheses() {
	if !r.take("(") {
		return
	}
	if !r.is(")") {
		begin, end := r.until(")")
		r.add(argumentsFragment, begin, end)
	}
	r.want(")")
}

// elements reads a FOREACH up to its LOOP.
func (r *reader) elements() {
	if row := r.targets(); row != "" {
		r.takes(row, dynamicRow, r.offset())
	}
	if r.take("slice") {
		r.i++
	}
	r.want("in", "array")
	r.expression("loop")
}

// dynamic takes in a statement that is made when it runs.
func (r *reader) dynamic(i int) {
	if r.err == nil {
		r.body.dynamic = append(r.body.dynamic, r.tokens[i].Offset)
	}
}

// arguments reads a USING.
func (r *reader) arguments(ends ...string) {
	if r.take("using") {
		r.expression(ends...)
	}
}
