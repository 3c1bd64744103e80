package simulation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// createTable reads CREATE TABLE.
func (r *reader) createTable(kind string) {
	e := Effect{Kind: kind, If: r.ifNot(), Offset: r.offset(), Name: r.name(detect.NamesRelation)}
	e.Twin = inSchema(detect.NamesType, e.Name.Schema, e.Name.Name)
	if e.If {
		r.reading.Unless = e.Name
	}
	r.makes(e)
	r.body(e.Name)
	if r.take("inherits") {
		r.parents(e.Name)
	}
	if r.until("as") { // AS and a query
		r.reads()
		r.open(e.Name, detect.NamesColumn)
		r.take("as")
		r.query(r.part(r.i, r.end))
	}
	r.typesFirst()
}

// typesFirst puts the types of columns before the table, which cannot have its own.
func (r *reader) typesFirst() {
	rank := func(e Effect) int {
		switch {
		case e.Name.Class == detect.NamesSchema:
			return 0
		case e.Verb == Refers && e.Name.Class == detect.NamesType && !e.Inner:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(r.reading.Effects, func(a, b Effect) int { return rank(a) - rank(b) })
}

// body takes what says which columns a table has.
func (r *reader) body(table Name) {
	if r.take("partition", "of") {
		parent := r.name(detect.NamesRelation)
		r.need(parent)
		r.copied(table)
		r.add(Effect{Verb: Opens, Name: table, Of: parent})
		return
	}
	if r.take("of") {
		r.refer(r.name(detect.NamesType))
		r.copied(table)
		return
	}
	inner, ok := r.inside()
	if !ok {
		return
	}
	elements := inner.items()
	if next := elements; r.is("as") && len(next) > 0 { // names of columns alone
		r.open(table, detect.NamesColumn)
		return
	}
	// Columns come first, for constraints may stand before those that they are over.
	var columns []Column
	for _, item := range elements {
		columns = r.columnOf(table, item, columns)
	}
	r.fresh(table, columns)
	for _, item := range elements {
		r.constraintOf(table, item)
	}
}

// copied takes in that a table has what another one has.
func (r *reader) copied(table Name) {
	r.open(table, detect.NamesColumn)
	r.open(table, detect.NamesConstraint)
}

// fresh puts the columns that were read into the effect that makes the table.
func (r *reader) fresh(table Name, columns []Column) {
	own := slices.IndexFunc(r.reading.Effects, func(e Effect) bool { return e.Verb == Makes && e.Name == table })
	r.reading.Effects[own].Fresh = columns
}

func (r *reader) parents(table Name) {
	if inner, ok := r.inside(); ok {
		for _, item := range inner.items() {
			r.need(item.name(detect.NamesRelation))
		}
	}
	r.copied(table)
}

// startsConstraint are the words that a constraint of a table begins with.
var startsConstraint = []string{"constraint", "check", "unique", "primary", "foreign", "exclude"}

func isConstraint(c *cursor) bool {
	for _, word := range startsConstraint {
		if c.is(word) {
			return true
		}
	}
	return false
}

// columnOf reads a column of a table behind others, or LIKE and another table.
func (r *reader) columnOf(table Name, item *cursor, columns []Column) []Column {
	if isConstraint(item) {
		return columns
	}
	c := &reader{cursor: item}
	if c.take("like") {
		r.need(c.name(detect.NamesRelation))
		r.copied(table)
		return columns
	}
	return r.columnNamed(table, c, columns)
}

// columnNamed reads a column, or an attribute of a composite type, behind others.
func (r *reader) columnNamed(table Name, c *reader, columns []Column) []Column {
	at, name := c.offset(), c.identifier()
	if indexOf(columns, name) >= 0 { // a mistake
		r.add(Effect{Verb: Makes, Name: table.part(detect.NamesColumn, name), Offset: at})
		return columns
	}
	typ := r.columnType(table, c)
	r.columnConstraints(table, name, c)
	return append(columns, Column{Name: name, Type: typ})
}

// newColumn takes a column that a table gets, with its type and its constraints.
func (r *reader) newColumn(table Name, c *reader, ifNot bool) {
	at := c.offset()
	n := table.part(detect.NamesColumn, c.identifier())
	first := len(r.reading.Effects)
	typ := r.columnType(table, c)
	if ifNot {
		for i := range r.reading.Effects[first:] {
			r.reading.Effects[first+i].Unless = n
		}
	}
	r.add(Effect{Verb: Makes, Name: n, Type: typ, If: ifNot, Offset: at})
	first = len(r.reading.Effects)
	r.columnConstraints(table, n.Name, c)
	for i := range r.reading.Effects[first:] {
		r.reading.Effects[first+i].If = ifNot
	}
}

// columnType takes the type of a column, and returns it as it is written; nothing of a
// serial. The names without a schema are PostgreSQL's.
func (r *reader) columnType(table Name, c *reader) string {
	if c.any("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8") != "" {
		r.madeUp(table, "seq")
		return ""
	}
	qualified := c.i+1 < c.end && c.tokens[c.i+1].Is(".")
	text, at := c.typeText(ofColumn...)
	if qualified {
		r.referenceTo(text, at)
	}
	return text
}

// ofColumn are the words that end the type of a column.
var ofColumn = []string{
	"constraint", "not", "null", "check", "default", "generated", "unique", "primary", "references", "collate", "storage", "compression",
	"deferrable", "initially", "using", "options", "cascade", "restrict",
}

// typeText takes a type, up to one of the words that can follow it or to a comma.
func (c *cursor) typeText(ends ...string) (text string, at int) {
	at = c.offset()
	begin := c.i
	for c.more() && !c.is(",") && !c.isAny(ends) {
		c.skip()
	}
	return c.part(begin, c.i).text(c.i), at
}

func (c *cursor) isAny(words []string) bool {
	for _, word := range words {
		if c.is(word) {
			return true
		}
	}
	return false
}

// reference takes a type that is not PostgreSQL's own, up to one of the words.
func (r *reader) reference(c *cursor, ends ...string) { r.referenceTo(c.typeText(ends...)) }

// referenceTo takes in a type that is not PostgreSQL's own.
func (r *reader) referenceTo(text string, at int) {
	typ, err := pgtype.Parse(text)
	if _, own := typ.Type(); err != nil || own || typ.Identifier() == "" {
		return
	}
	r.add(Effect{Verb: Refers, Name: inSchema(detect.NamesType, typ.Schema(), typ.Identifier()), Offset: at})
}
