package parser

// simple reads a statement of PL/pgSQL's own without others in it.
func (r *reader) simple(word string) bool {
	switch word {
	case "null":
		r.i++
	case "commit", "rollback":
		r.until(";")
	case "exit", "continue":
		r.exit()
	case "return":
		r.returns()
	case "raise":
		r.raise()
	case "assert":
		r.i++
		r.expression(";")
	case "perform":
		r.perform()
	case "execute":
		r.execute()
	case "open":
		r.open()
	case "fetch", "move":
		r.fetch()
	case "close":
		r.i++
		r.name()
	case "get":
		r.diagnostics()
	case "do":
		r.dynamic(r.i)
		r.until(";")
	default:
		return false
	}
	return true
}

func (r *reader) exit() {
	r.i++
	if !r.is("when", ";") {
		r.name()
	}
	if r.take("when") {
		r.expression(";")
	}
}

func (r *reader) returns() {
	r.i++
	switch {
	case r.is(";"):
	case r.take("next"):
		if !r.is(";") {
			r.expression(";")
		}
	case r.take("query"):
		if !r.is("execute") {
			r.query(statementFragment, ";")
			return
		}
		r.dynamic(r.i)
		r.i++
		r.expression("using", ";")
		r.arguments(";")
	default:
		r.expression(";")
	}
}

// raise reads RAISE [level] [format or condition] [, values] [USING name = value, ...].
func (r *reader) raise() {
	r.i++
	if r.is("debug", "log", "info", "notice", "warning", "exception") {
		r.i++
	}
	if !r.is(",", "using", ";") {
		r.take("sqlstate")
		r.i++
	}
	if r.take(",") {
		r.expression("using", ";")
	}
	if r.take("using") {
		for r.more() {
			r.name()
			if !r.assigns() {
				r.fail()
			}
			r.expression(",", ";")
			if !r.take(",") {
				break
			}
		}
	}
}

func (r *reader) perform() {
	begin, end := r.until(";")
	r.add(performFragment, begin, end)
}

// execute reads EXECUTE with INTO and USING in any order.
func (r *reader) execute() {
	r.dynamic(r.i)
	r.i++
	r.expression("into", "using", ";")
	for r.more() && !r.is(";") {
		switch {
		case r.take("into"):
			r.takes(r.targets(), dynamicRow, r.offset())
		case r.take("using"):
			r.expression("into", ";")
		default:
			r.fail()
		}
	}
}

// open reads OPEN of a cursor.
func (r *reader) open() {
	r.i++
	r.name()
	r.inParentheses()
	for r.take("no") || r.take("scroll") {
		continue
	}
	if !r.take("for") {
		return
	}
	if !r.is("execute") {
		r.query(statementFragment, ";")
		return
	}
	r.dynamic(r.i)
	r.i++
	r.expression("using", ";")
	r.arguments(";")
}

// fetch reads FETCH or MOVE. The cursor is the last name before INTO.
func (r *reader) fetch() {
	r.until("into", ";")
	if r.err != nil {
		return
	}
	cursor := r.nameAt(r.i - 1)
	if r.take("into") {
		r.rows(cursor, r.targets())
	}
}

// diagnostics reads GET DIAGNOSTICS.
func (r *reader) diagnostics() {
	r.i++
	if r.is("current", "stacked") {
		r.i++
	}
	r.want("diagnostics")
	for r.more() {
		end := r.target(r.i)
		if end == r.i {
			r.fail()
			return
		}
		r.assignee(r.i, end)
		if r.i = end; !r.assigns() {
			r.fail()
		}
		r.name()
		if !r.take(",") {
			return
		}
	}
}
