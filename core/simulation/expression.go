package simulation

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
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

// startsItems reports whether relations follow the next word.
func (x *expression) startsItems() bool {
	switch {
	case !x.queries[len(x.queries)-1]:
		return false
	case x.is("from"):
		return !x.before("distinct")
	case x.is("update"):
		return !x.before("for") && !x.before("do") && !x.before("key") && !x.before("then") && !x.before("on")
	case x.is("into"):
		return x.before("insert") || x.before("merge")
	case x.is("using", "("):
		x.items += 2
		return false
	}
	return x.is("join") || x.is("using")
}

// before reports whether a word stands before the next token.
func (x *expression) before(word string) bool { return x.i > 0 && x.tokens[x.i-1].Is(word) }

// from takes a list of relations, each of which may have another name.
func (x *expression) from() {
	into := x.before("into")
	for {
		x.items++
		if x.any("only", "lateral") == "lateral" {
			x.items++
		}
		at := x.offset()
		schema, name := x.qualified()
		if x.is("(") && !into { // a query, a join or a function
			x.function(schema, name, at)
			x.enterItem(name == "")
			return
		}
		if name == "" {
			return
		}
		x.relation(schema, name, at, into)
		if !x.take(",") {
			return
		}
	}
}

// relation takes in a relation of a query, with what it is called there.
func (x *expression) relation(schema, name string, at int, into bool) {
	n := relation(schema, name)
	if schema == "" {
		n = Name{}
	} else {
		x.out.add(Effect{Verb: Refers, Name: n, Offset: at})
	}
	x.take("*")
	if into && n.Name != "" && x.is("(") && !x.is("(", "select") && !x.is("(", "with") {
		inner, _ := x.inside()
		x.out.over(n, &reader{cursor: inner.whole()})
	}
	x.alias(n, name)
}

// function takes in a function with a schema that is called.
func (x *expression) function(schema, name string, at int) {
	if schema == "" || systemSchema(schema) {
		return
	}
	n := Name{Class: detect.NamesFunction, Schema: schema, Name: name, Args: anyArgs}
	x.out.add(Effect{Verb: Refers, Name: n, Call: x.call(), Offset: at})
}

// enterItem goes into the parentheses of a query, a join or a function among relations.
func (x *expression) enterItem(nameless bool) {
	x.enter()
	x.opened[len(x.opened)-1] = item
	if nameless && !x.queries[len(x.queries)-1] { // a join
		x.queries[len(x.queries)-1] = true
		x.from()
	}
}

// item is what stands for the word before the parentheses of what a query reads.
const item = "from ("

// alias takes the name that a relation has in a query.
func (x *expression) alias(n Name, name string) {
	x.take("with", "ordinality")
	x.take("as")
	if x.more() && !x.isAny(behindItem) && (x.tokens[x.i].Kind == sqltext.QuotedName || !address.Reserved(strings.ToLower(x.tokens[x.i].Text))) {
		if alias := x.identifier(); alias != "" {
			name = alias
		}
	}
	if x.is("(") { // other names of columns
		n = Name{}
	}
	if known, twice := x.rows[name]; twice && known != n {
		n = Name{}
	}
	x.rows[name] = n
}

// behindItem are the words behind a relation that are no name for it.
var behindItem = []string{"set", "overriding", "values", "cross", "inner"}

// literal goes behind a string, which may be the name of a relation.
func (x *expression) literal() {
	at := x.offset()
	named := x.before("(") && x.i > 1 && slices.ContainsFunc([]string{"nextval", "currval", "setval"}, x.tokens[x.i-2].Is)
	value := x.value()
	if value == "" {
		x.i++
	}
	if named || x.is(":", ":", "regclass") || x.is(":", ":", "pg_catalog", ".", "regclass") {
		if schema, name := newCursor(value, nil).qualified(); schema != "" {
			x.out.add(Effect{Verb: Refers, Name: relation(schema, name), Offset: at})
		}
	}
}

// word goes behind a name with those that dots tie to it, or behind anything else.
func (x *expression) word() {
	begin := x.i
	x.widen()
	var parts []string
	for x.more() {
		part := x.identifier()
		if part == "" {
			break
		}
		parts = append(parts, part)
		if !x.is(".") || x.i+1 >= x.end {
			break
		}
		if _, named := x.tokens[x.i+1].Identifier(); !named {
			x.i += 2 // of all columns, or an operator
			return
		}
		x.i++
	}
	x.i = max(x.i, begin+1)
	if begin > 0 && (x.tokens[begin-1].Is(".") || x.tokens[begin-1].Is("collate")) {
		return
	}
	x.named(begin, parts)
}

// widen takes in that a query has more than one relation, if the next word says so.
func (x *expression) widen() {
	if x.is("select") {
		x.selects++
	}
	if x.isAny([]string{"with", "window", "union", "intersect", "except"}) {
		x.items += 2
	}
}

// named takes in a name.
func (x *expression) named(begin int, parts []string) {
	at := x.tokens[begin].Offset
	literal := x.more() && x.tokens[x.i].Kind.Quoted() && x.tokens[x.i].Kind != sqltext.QuotedName
	switch {
	case len(parts) == 2 && x.is("("):
		x.function(parts[0], parts[1], at)
	case len(parts) == 2 && literal:
		x.typed(x.part(begin, x.i).text(x.i), at)
	case len(parts) == 2:
		x.dotted = append(x.dotted, dotted{of: parts[0], column: parts[1], at: at})
	case len(parts) == 1 && !literal && !x.is("("):
		x.alone(begin, parts[0])
	}
}

// call returns the number of arguments of the call whose parentheses come next, plus
// one; 0 where it is not known.
func (x *expression) call() int {
	inner, _ := x.part(x.i, x.end).inside()
	if inner.part(inner.i, inner.end).until("variadic", "*", "order") {
		return 0
	}
	return len(inner.items()) + 1
}

// alone takes in a name that stands alone, if it can be that of a column.
func (x *expression) alone(begin int, name string) {
	t := x.tokens[begin]
	if t.Kind == sqltext.Word && (address.Reserved(name) || strings.Contains(grammar, " "+name+" ")) {
		return
	}
	x.labels[name] = x.labels[name] || begin > 0 && x.tokens[begin-1].Is("as") || x.behindOperand(begin)
	if !x.special(begin) {
		x.bare = append(x.bare, Effect{Verb: Refers, Name: Name{Class: detect.NamesColumn, Name: name}, Offset: t.Offset})
	}
}

// grammar are words that stand alone and are no columns, beside the reserved ones.
const grammar = " by set insert update delete merge conflict nothing overriding system value first next rows ties share nowait skip locked over filter within " +
	"partition preceding following unbounded nulls last recursive materialized ordinality matched varying double escape uescape zone system_user range groups " +
	"constraint json variadic of "

// behindOperand reports whether a token comes behind an operand: it is a label.
func (x *expression) behindOperand(i int) bool {
	if i == 0 {
		return false
	}
	t := x.tokens[i-1]
	name, named := t.Identifier()
	switch {
	case t.Kind == sqltext.Number, t.Kind == sqltext.Parameter, t.Kind.Quoted(), t.Text == ")", t.Text == "]":
		return true
	case !named:
		return false
	}
	switch name {
	case "end", "null", "true", "false", "current_date", "current_timestamp", "current_user":
		return true
	}
	return !address.Reserved(name) && !strings.Contains(grammar, " "+name+" ")
}

// special reports whether a token is part of something that PostgreSQL has a grammar of
// its own for.
func (x *expression) special(i int) bool {
	if x.is("=", ">") || x.is(":", "=") || x.tokens[i].Is("at") && (x.is("time") || x.is("local")) {
		return true
	}
	if i == 0 {
		return false
	}
	opened := x.opened[len(x.opened)-1]
	before := x.tokens[i-1]
	switch {
	case opened == "extract" && before.Text == "(", strings.HasPrefix(opened, "xml"), strings.HasPrefix(opened, "json"), opened == "normalize":
		return true
	case before.Is("not"):
		return i > 1 && x.tokens[i-2].Is("is")
	}
	for _, word := range []string{"is", "as", "to", "of", "time", "at", "local", "constraint", "json", "index"} {
		if before.Is(word) {
			return true
		}
	}
	return x.behindOperand(i)
}

// columns takes in the columns whose relation is certain.
func (x *expression) columns() {
	for _, d := range x.dotted {
		if of := x.rows[d.of]; of.Name != "" {
			x.out.add(Effect{Verb: Refers, Name: of.part(detect.NamesColumn, d.column), Offset: d.at})
		}
	}
	own := x.only()
	if own.Name == "" {
		return
	}
	for _, e := range x.bare {
		if _, row := x.rows[e.Name.Name]; row || x.labels[e.Name.Name] {
			continue
		}
		e.Name = own.part(detect.NamesColumn, e.Name.Name)
		x.out.add(e)
	}
}

// only returns the relation whose columns stand alone: the only one that there is.
func (x *expression) only() Name {
	switch {
	case x.own.Name != "" && x.selects == 0 && x.items == 0:
		return x.own
	case x.own.Name == "" && x.selects <= 1 && x.items == 1 && len(x.rows) == 1:
		for _, n := range x.rows {
			return n
		}
	}
	return Name{}
}
