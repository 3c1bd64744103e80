package simulation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// unknown returns what is known of a name that has no entry.
func (c *Catalog) unknown(n Name) entry {
	if n.Class == detect.NamesColumn {
		whole := c.get(n.whole())
		if i := indexOf(whole.fresh, n.Name); i >= 0 {
			return entry{by: whole.by, made: whole.made, kind: string(n.Class), typ: whole.fresh[i].Type}
		}
	}
	return entry{vague: true, made: none}
}

// retypes takes in that columns may have types whose names are not those that SQL gave.
func (c *Catalog) retypes(n Name) {
	switch n.Class {
	case detect.NamesSchema, detect.NamesRelation, detect.NamesType:
		c.retyped[n.Name] = true
	}
}

// alter takes in the type that a column gets, or the values of an enum.
func (c *Catalog) alter(e Effect) {
	known, ok := c.find(e.Name)
	if !ok {
		known = c.unknown(e.Name)
		known.presence = c.presence(e.Name, about)
	}
	if known.presence != Present || known.believed {
		return
	}
	if e.Name.Class == detect.NamesColumn {
		known.typ = e.Type
	} else {
		known.values = revalued(known.values, e.Values)
	}
	known.made = c.by
	c.set(e.Name, known)
}

// revalued returns the values of an enum that gets one, or of which one gets another name.
func revalued(values, change []string) []string {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == change[0] })
	return append(values, change[len(change)-1])
}

// move gives something another name, and its parts with it.
func (c *Catalog) move(from, to Name) {
	if from.nowhere() || from.Args == anyArgs {
		c.doubt(from.Name)
		c.doubt(to.Name)
		return
	}
	if from == to {
		return
	}
	e, known := c.find(from)
	if e.presence == InDoubt && from.Class == detect.NamesFunction { // it may be one of a range
		c.set(from, entry{by: c.by})
		c.set(to, entry{by: c.by})
		c.constructed[inSchema(to.Class, to.Schema, to.Name)] = true // its arguments may be called otherwise by now
		return
	}
	if !known {
		e = c.unknown(from)
		e.lent = from.Class == detect.NamesRelation && c.hasMadeUp(from)
	}
	c.retypes(from)
	c.maybeComposite(from, e)
	c.maybeComposite(to, e)
	c.moveEntry(from, to, e.with(Present, c.by))
	c.moveParts(from, to)
	if twin := e.twin; twin.Name != "" && c.get(twin).twin == from {
		c.moveTwin(twin, from, to)
	}
	switch from.Class {
	case detect.NamesSchema:
		c.moveSchema(from.Name, to.Name)
	case detect.NamesColumn:
		c.moveColumn(from, to)
	}
}

// moveColumn has what is over a column, as an index is, be over it by its new name.
func (c *Catalog) moveColumn(from, to Name) {
	for _, part := range c.parts[from.whole()] {
		e := c.get(part)
		if part.Class == detect.NamesColumn || !c.belongs(part, from.whole()) || e.presence == Absent {
			continue
		}
		i, may := slices.Index(e.columns, from.Name), slices.Contains(words(e.may), from.Name)
		if i >= 0 {
			e.columns = slices.Clone(e.columns)
			e.columns[i] = to.Name
		}
		if may {
			e.may += " " + address.Quote(to.Name)
		}
		if i >= 0 || may {
			c.set(part, e)
		}
	}
}

func (c *Catalog) moveEntry(from, to Name, e entry) {
	c.set(from, entry{presence: Absent, by: c.by})
	e.fresh = c.fresh(to, e.fresh)
	c.set(to, e)
	c.reopen(to)
}

// moveTwin gives the other name of the same thing the same change.
func (c *Catalog) moveTwin(twin, from, to Name) {
	e, moved := c.get(twin), twin
	moved.Schema = to.Schema
	if from.Name != to.Name {
		moved.Name = to.Name
	}
	if moved == twin {
		return
	}
	e.twin = to
	c.moveEntry(twin, moved, e.with(e.presence, c.by))
	c.moveParts(twin, moved)
	known := c.get(to)
	known.twin = moved
	c.set(to, known)
}

// moveParts moves what belongs to a relation or a domain to its new name. Indexes and
// sequences keep theirs, and go with it into another schema; statistics, and the
// multirange of a range, stay in theirs.
func (c *Catalog) moveParts(from, to Name) {
	for _, part := range c.parts[from] {
		e := c.get(part)
		if !c.belongs(part, from) || e.presence == Absent {
			continue
		}
		moved := part
		if part.Class != detect.NamesStatistics && part.Class != detect.NamesType && !e.part {
			moved.Schema = to.Schema
		}
		if part.Relation != "" {
			moved.Relation = to.Name
		}
		if e.of == from {
			e.of = to
		}
		e.believed = false
		if e.twin.Name != "" {
			e.twin = twinAfter(e.twin, from, to)
		}
		if moved == part {
			c.set(part, e)
			continue
		}
		c.set(part, entry{presence: Absent, by: c.by})
		c.set(moved, e)
	}
}

// twinAfter returns the other name of a part of a relation that has moved.
func twinAfter(twin, from, to Name) Name {
	twin.Schema = to.Schema
	if twin.Relation == from.Name {
		twin.Relation = to.Name
	}
	return twin
}

// moveSchema moves all that is in a schema.
func (c *Catalog) moveSchema(from, to string) {
	for _, n := range c.schemas[from] {
		e := c.get(n)
		if e.presence == Absent {
			continue
		}
		moved := n
		moved.Schema = to
		if e.twin.Name != "" {
			e.twin.Schema = to
		}
		if e.of.Name != "" {
			e.of.Schema = to
		}
		c.set(n, entry{presence: Absent, by: c.by})
		e.fresh = c.fresh(moved, e.fresh)
		c.set(moved, e)
	}
}
