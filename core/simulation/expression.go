package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// An expression finds what SQL refers to that is no name of its own: functions, types
// and relations with their schemas, and columns where it is certain whose they are. What
// has no schema is PostgreSQL's.
type expression struct {
	*cursor
	out *reader
	// rows are the relations whose columns can stand behind a name and a dot; one
	// without a name is not known.
	rows map[string]Name
	// own is the relation whose columns stand alone. Without a name there is none.
	own Name
	// opened are the words before the parentheses that are open, and queries whether
	// a query is between them.
	opened  []string
	queries []bool
	items   int // of FROM and the like
	selects int
	bare    []Effect // columns that stand alone
	dotted  []dotted // columns behind a name
	labels  map[string]bool
}

// A dotted is a column behind the name of what it is of.
type dotted struct {
	of, column string
	at         int
}

// expression takes what the expression in a part refers to, with the columns of a table.
func (r *reader) expression(c *cursor, table Name) {
	x := newExpression(r, c)
	x.own, x.rows[table.Name] = table, table
	x.run(false)
}

// constant takes what an expression without columns refers to.
func (r *reader) constant(c *cursor) { newExpression(r, c).run(false) }

// inner takes what the expression in the parentheses that come next refers to.
func (r *reader) inner(c *cursor, table Name) {
	if part, ok := c.inside(); ok {
		r.expression(part, table)
	}
}

// ofRow takes what a condition on the rows of a trigger or a rule refers to.
func (r *reader) ofRow(c *cursor, table Name, query bool) {
	x := newExpression(r, c)
	x.rows["new"], x.rows["old"] = table, table
	x.items += 2 // no column stands alone
	x.run(query)
}

// query takes what a statement that reads or writes rows refers to.
func (r *reader) query(c *cursor) { newExpression(r, c).run(true) }

func newExpression(r *reader, c *cursor) *expression {
	return &expression{cursor: c, out: r, rows: map[string]Name{}, labels: map[string]bool{}}
}

// run goes through all tokens.
func (x *expression) run(query bool) {
	x.queries = append(x.queries, query)
	x.opened = append(x.opened, "")
	for x.more() {
		x.next()
	}
	x.columns()
}

// next goes behind the next token, and what belongs to it.
func (x *expression) next() {
	t := x.tokens[x.i]
	switch {
	case t.Text == "(":
		x.enter()
	case t.Text == ")":
		x.leave()
	case x.take(":", ":"):
		x.cast()
	case x.is("as") && x.opened[len(x.opened)-1] == "cast":
		x.i++
		x.cast()
	case x.startsItems():
		x.i++
		x.from()
	case t.Kind.Quoted() && t.Kind != sqltext.QuotedName:
		x.literal()
	default:
		x.word()
	}
}

// enter goes into parentheses.
func (x *expression) enter() {
	before := ""
	if x.i > 0 {
		before = strings.ToLower(x.tokens[x.i-1].Text)
	}
	x.i++
	x.opened = append(x.opened, before)
	x.queries = append(x.queries, x.isAny([]string{"select", "with", "insert", "update", "delete", "merge", "values", "table"}))
}

// leave goes out of parentheses. Behind what a query reads comes its name, and more.
func (x *expression) leave() {
	x.i++
	last := len(x.opened) - 1
	if last == 0 {
		return
	}
	was := x.opened[last]
	x.opened, x.queries = x.opened[:last], x.queries[:last]
	if was != item {
		return
	}
	if x.alias(Name{}, ""); x.take(",") {
		x.from()
	}
}

// cast takes the type of a cast.
func (x *expression) cast() {
	begin := x.i
	x.qualified()
	x.any("varying", "precision")
	if x.is("(") {
		x.skip()
	}
	if x.is("with", "time", "zone") || x.is("without", "time", "zone") {
		x.i += 3
	}
	for x.is("[") {
		x.skip()
	}
	if part := x.part(begin, x.i); part.more() {
		x.typed(part.text(part.end), part.offset())
	}
}

// typed takes in a type that is not PostgreSQL's own.
func (x *expression) typed(text string, at int) {
	first := len(x.out.reading.Effects)
	x.out.referenceTo(text, at)
	for i := range x.out.reading.Effects[first:] {
		x.out.reading.Effects[first+i].Inner = true
	}
}
