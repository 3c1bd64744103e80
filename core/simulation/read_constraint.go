package simulation

import (
	"github.com/whimbreldb/whimbrel/core/detect"
)

// columnConstraints takes the constraints behind a column's type.
func (r *reader) columnConstraints(table Name, column string, c *reader) {
	for own := ""; c.more(); {
		at := c.offset()
		switch c.any("constraint", "check", "unique", "primary", "references", "generated", "default") {
		case "constraint":
			own = c.identifier()
			if !c.is("not") && !c.is("null") && !c.is("default") && !c.is("generated") {
				continue
			}
		case "check":
			r.constraint(Effect{Name: table.part(detect.NamesConstraint, own), Columns: []string{column}, May: c.text(c.end), Offset: at}, "")
			r.inner(c.cursor, table)
		case "unique", "primary":
			r.constraint(Effect{Name: table.part(detect.NamesConstraint, own), Columns: []string{column}, Offset: at}, own)
		case "references":
			r.referenced(c)
			r.constraint(Effect{Name: table.part(detect.NamesConstraint, own), Columns: []string{column}, Offset: at}, "")
		case "generated":
			if c.until("as"); c.take("as", "identity") {
				r.identity(table, c)
			} else if c.take("as") {
				r.inner(c.cursor, table)
			}
		case "default":
			r.defaults(c.cursor)
		default:
			c.skip()
			continue
		}
		own = ""
	}
}

// identity takes the options of an identity column. Its sequence has the name that they
// say, or one that PostgreSQL makes up; it goes with the column or with its identity.
func (r *reader) identity(table Name, c *reader) {
	if inner, ok := c.inside(); ok && inner.until("sequence") && inner.take("sequence", "name") {
		_, name := inner.qualified()
		r.add(Effect{Verb: Doubts, Name: Name{Name: name}})
		return
	}
	r.madeUp(table, "seq")
}

// defaults takes the expression behind DEFAULT.
func (r *reader) defaults(c *cursor) {
	begin := c.i
	c.until("constraint", "not", "null", "check", "unique", "primary", "references", "generated", "collate", "deferrable", "initially", "storage", "compression")
	r.constant(c.part(begin, c.i))
}

// constraintOf reads a constraint of a table.
func (r *reader) constraintOf(table Name, item *cursor) {
	if isConstraint(item) {
		r.newConstraint(table, &reader{cursor: item})
	}
}

// newConstraint takes a constraint with its columns.
func (r *reader) newConstraint(table Name, c *reader) {
	own, e := "", Effect{Offset: c.offset()}
	if c.take("constraint") {
		e.Offset, own = c.offset(), c.identifier()
	}
	e.Name = table.part(detect.NamesConstraint, own)
	index := ""
	switch word := c.any("check", "unique", "primary", "foreign", "exclude"); word {
	case "check":
		e.May = c.text(c.end)
		r.inner(c.cursor, table)
	case "unique", "primary":
		c.take("key")
		if c.take("nulls") {
			c.take("not")
			c.take("distinct")
		}
		if c.take("using", "index") {
			r.adopted(table, own, c)
			return
		}
		index, e.Columns = own, r.over(table, c)
	case "foreign":
		c.take("key")
		e.Columns = r.over(table, c)
		if c.take("references") {
			r.referenced(c)
		}
	case "exclude":
		index, e.May = own, c.text(c.end)
	}
	r.constraint(e, index)
}

// adopted takes the index that becomes a constraint, under the constraint's name.
func (r *reader) adopted(table Name, own string, c *reader) {
	at := c.offset()
	index := relation(table.Schema, c.identifier())
	r.add(Effect{Verb: Needs, Name: index, Offset: at})
	if own == "" {
		own = index.Name
	}
	if own != index.Name {
		r.add(Effect{Verb: Renames, Name: index, To: own, Offset: at})
	}
	r.constraint(Effect{Name: table.part(detect.NamesConstraint, own), Adopts: true, Offset: at}, own)
}

// constraint takes in a constraint, with the index of its name if it has one. One
// without a name gets one that nobody else has.
func (r *reader) constraint(e Effect, index string) {
	e.Verb = Makes
	if e.Name.Name == "" {
		r.open(e.Name.whole(), detect.NamesConstraint)
		for _, suffix := range []string{"pkey", "key", "excl"} {
			r.madeUp(e.Name.whole(), suffix)
		}
		return
	}
	if index != "" {
		e.Twin, e.Of = relation(e.Name.Schema, index), e.Name.whole()
	}
	r.add(e)
}

// over takes the columns in parentheses that a key is over.
func (r *reader) over(table Name, c *reader) []string {
	inner, ok := c.inside()
	if !ok {
		return nil
	}
	var columns []string
	for inner.more() {
		at, name := inner.offset(), inner.identifier()
		columns = append(columns, name)
		r.add(Effect{Verb: Needs, Name: table.part(detect.NamesColumn, name), Offset: at})
		inner.until(",")
		inner.take(",")
	}
	return columns
}

// referenced takes the table and the columns that a foreign key refers to.
func (r *reader) referenced(c *reader) {
	at, n := c.offset(), c.name(detect.NamesRelation)
	r.add(Effect{Verb: Refers, Name: n, Offset: at})
	if c.is("(") {
		r.over(n, c)
	}
}
