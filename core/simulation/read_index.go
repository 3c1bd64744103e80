package simulation

import "github.com/whimbreldb/whimbrel/core/detect"

// createIndex reads CREATE INDEX. Its name is in the schema of its table.
func (r *reader) createIndex(unique bool) {
	r.take("concurrently")
	e := Effect{If: r.ifNot(), Offset: r.offset(), Kind: "index"}
	own := ""
	if !r.take("on") {
		own = r.identifier()
		r.take("on")
	}
	r.take("only")
	e.Of = r.relationOf(detect.NamesRelation)
	if unique {
		r.tries(e.Of)
	}
	if r.take("using") {
		r.identifier()
	}
	e.Columns, e.May = r.keys(e.Of)
	if r.take("include") {
		e.Columns = append(e.Columns, r.over(e.Of, r)...)
	}
	if r.until("where") {
		e.May += " " + r.text(r.end)
		r.take("where")
		r.expression(r.part(r.i, r.end), e.Of)
	}
	if own == "" {
		r.madeUp(e.Of, "idx")
		return
	}
	e.Name = relation(e.Of.Schema, own)
	r.makes(e)
}

// keys takes what an index is over: names of columns, and expressions, in which other
// columns may be.
func (r *reader) keys(table Name) (columns []string, may string) {
	inner, ok := r.inside()
	if !ok {
		return nil, ""
	}
	return r.keysOf(table, inner)
}

// key takes the expression of a key: a call, or what is in parentheses.
func (r *reader) key(table Name, item *cursor) {
	begin := item.i
	item.qualified()
	if item.is("(") {
		item.skip()
		r.expression(item.part(begin, item.i), table)
	}
}

// keysOf takes the keys of a list.
func (r *reader) keysOf(table Name, list *cursor) (columns []string, may string) {
	for _, item := range list.items() {
		at, name := item.offset(), ""
		if next := item.i + 1; next >= item.end || !item.tokens[next].Is("(") && !item.tokens[next].Is(".") {
			name = item.identifier()
		}
		if name == "" {
			may += " " + item.text(item.end)
			r.key(table, item)
			continue
		}
		columns = append(columns, name)
		r.add(Effect{Verb: Needs, Name: table.part(detect.NamesColumn, name), Offset: at})
	}
	return columns, may
}
