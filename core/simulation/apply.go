package simulation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// apply makes an effect.
func (c *Catalog) apply(e Effect) {
	c.lenient = e.If || e.Replace
	switch e.Verb {
	case Makes:
		c.make(e)
	case Removes:
		c.remove(c.exact(e.Name), e.Cascade)
	case Renames, Moves:
		from := e
		from.Name = c.exact(e.Name)
		c.move(from.Name, from.Renamed())
	case Needs, Refers:
		c.believe(e.Name)
	case Alters:
		c.believe(e.Name)
		c.alter(e)
	case Opens:
		c.open(e)
	case Doubts:
		c.doubt(e.Name.Name)
	}
}

// exact returns the name of a function with its arguments, if there is only one.
func (c *Catalog) exact(n Name) Name {
	if n.Class == detect.NamesFunction && n.Args == anyArgs {
		return c.overload(n)
	}
	return n
}

// believe takes in that a name is there which nothing was known of, as a statement
// speaks of it.
func (c *Catalog) believe(n Name) {
	if _, ok := c.find(n); ok || c.presence(n, refers) == Present || n.nowhere() || n.Args == anyArgs || n.Class == detect.NamesFunction || c.doubted[n.Name] {
		return
	}
	c.set(n, entry{presence: Present, by: c.by, believed: true, vague: true})
}

func (c *Catalog) make(e Effect) {
	if e.Name.nowhere() {
		c.doubt(e.Name.Name)
		return
	}
	if (e.If || e.Replace) && c.presence(e.Name, drops) == Present {
		if e.Open && e.Replace {
			c.open(e.columns())
		}
		return
	}
	if e.Adopts {
		e.Columns, e.May = c.get(e.Twin).columns, c.get(e.Twin).may
	}
	made := entry{presence: Present, by: c.by, made: c.by, twin: e.Twin, of: e.Of, columns: e.Columns, may: e.May, kind: e.sort(), values: e.Values}
	made.least, made.most = e.Least, e.Most
	made.ours = e.Name.Class == detect.NamesSchema && !e.If
	if e.If { // what was there before may be another one
		made.presence, made.sure = InDoubt, true
		if c.presence(e.Name, drops) == Absent {
			made.presence = Present
		}
	}
	if !e.If {
		made.typ = e.Type
	}
	made.fresh = c.fresh(e.Name, e.Fresh)
	c.set(e.Name, made)
	if e.Open {
		c.open(e.columns())
	}
	if e.Twin.Name != "" {
		c.set(e.Twin, entry{presence: made.presence, by: c.by, twin: e.Name, of: e.Of, columns: e.Columns, may: e.May})
	}
}

// fresh returns the columns of a table under a new name of which the catalog knows nothing yet. The
// others belonged to a table of the same name.
func (c *Catalog) fresh(table Name, columns []Column) []Column {
	var fresh []Column
	for _, column := range columns {
		n := table.part(detect.NamesColumn, column.Name)
		if _, known := c.find(n); known {
			c.set(n, entry{presence: Present, by: c.by, made: c.by, kind: string(n.Class), typ: column.Type})
		} else {
			fresh = append(fresh, column)
		}
	}
	return fresh
}

// remove takes a name away, with what belongs to it.
func (c *Catalog) remove(n Name, cascade bool) {
	if n.nowhere() || n.Args == anyArgs {
		c.doubt(n.Name)
		return
	}
	was := c.get(n)
	if c.presence(n, drops) != Absent {
		c.maybeComposite(n, was)
		c.maybeMultirange(n, was)
	}
	c.set(n, entry{presence: Absent, by: c.by})
	if twin := was.twin; twin.Name != "" && c.get(twin).twin == n {
		c.removeTwin(twin)
	}
	switch {
	case n.Class == detect.NamesSchema:
		for _, other := range c.schemas[n.Name] {
			c.gone(other)
		}
	case n.Class == detect.NamesColumn:
		c.removeUsers(n)
	default:
		c.removeParts(n)
	}
	if cascade {
		c.blur(n)
	}
}

func (c *Catalog) removeTwin(twin Name) {
	c.set(twin, entry{presence: Absent, by: c.by})
	c.removeParts(twin)
}

func (c *Catalog) gone(n Name) {
	if c.get(n).presence != Absent {
		c.set(n, entry{presence: Absent, by: c.by})
	}
}

// removeParts takes away what belongs to a relation, and its partitions with what
// belongs to them.
func (c *Catalog) removeParts(n Name) {
	for _, part := range c.parts[n] {
		switch {
		case !c.belongs(part, n):
		case c.get(part).part:
			c.remove(part, false)
		default:
			c.gone(part)
		}
	}
	if n.Class == detect.NamesRelation {
		c.doubtLent(n.Schema)
	}
}

// doubtLent doubts what may have been a table's or not, when one in its schema goes.
func (c *Catalog) doubtLent(schema string) {
	for _, n := range c.lent[schema] {
		if e := c.get(n); e.lent && e.presence == Present {
			c.set(n, e.with(InDoubt, c.by))
		}
	}
}

// belongs reports whether a name is still what belongs to a relation.
func (c *Catalog) belongs(part, whole Name) bool {
	return part.Relation != "" && part.whole() == whole || part.Relation == "" && c.get(part).of == whole
}

// removeUsers takes away what cannot be without a column: indexes and constraints over
// it, and sequences that it owns. What may be over it is in doubt.
func (c *Catalog) removeUsers(column Name) {
	whole := column.whole()
	for _, part := range c.parts[whole] {
		e := c.get(part)
		if part.Class == detect.NamesColumn || !c.belongs(part, whole) || e.presence == Absent {
			continue
		}
		switch {
		case slices.Contains(e.columns, column.Name) && part.Class != detect.NamesTrigger:
			c.gone(part)
		case slices.Contains(words(e.may), column.Name):
			c.set(part, e.with(InDoubt, c.by))
		}
	}
}

// blur doubts what may have depended on something that was dropped with CASCADE.
func (c *Catalog) blur(n Name) {
	for other, e := range c.entries {
		tied := other.Class == detect.NamesConstraint || other.Class == ofDomain || other.Class == detect.NamesColumn || other.Class == detect.NamesTrigger ||
			other.Class == detect.NamesPolicy || other.Class == detect.NamesRule || other.Class == detect.NamesFunction ||
			other.Class == detect.NamesRelation || other.Class == detect.NamesType || other.Class == detect.NamesStatistics
		if tied && e.presence == Present && other != n {
			c.set(other, e.blurred(c.by))
		}
	}
}

// Doubt takes in that anything may have become of what the catalog knows, but for
// tables as such.
func (c *Catalog) Doubt() { c.blur(Name{}) }

// blurred returns an entry that something may have been done to. A table is dropped
// with nothing but a schema, or with what it has its columns from.
func (e entry) blurred(by int) entry {
	e.fresh = nil
	heir := e.part || e.open[string(detect.NamesColumn)] && e.open[string(detect.NamesConstraint)]
	if e.kind == "table" && !heir {
		e.vague = true
		return e
	}
	return e.with(InDoubt, by)
}

// open takes in that there is more than a statement says.
func (c *Catalog) open(e Effect) {
	switch {
	case e.Name.Class == detect.NamesRelation && e.Name.Relation == "": // a sequence that a column owns, or none; a partition
		if known, ok := c.find(e.Name); ok {
			known.of, known.columns, known.part = e.Of, e.Columns, e.Of.Name != "" && len(e.Columns) == 0
			c.set(e.Name, known)
		}
	case e.Name.Class == detect.NamesSchema:
		c.foreign[e.Name.Name] = true
	case e.Name.Class == detect.NamesFunction:
		c.constructed[e.Name] = true
	case e.Name.Class == detect.NamesRelation:
		c.madeUp.add(e.Name.Schema, e.Name.Relation, e.To)
		c.maybeMadeUp(e.Name.Schema)
	case e.Name.Relation != "":
		whole := e.Name.whole()
		if known, ok := c.find(whole); ok {
			c.set(whole, known.opened(string(e.Name.Class)))
			c.reopen(whole)
		}
	}
}

// maybeMadeUp doubts what is not there in a schema and may have been made once more under
// a name that PostgreSQL makes up.
func (c *Catalog) maybeMadeUp(schema string) {
	for _, n := range c.absent[schema] {
		if c.get(n).presence == Absent && c.hasMadeUp(n) {
			c.set(n, entry{by: c.by})
		}
	}
}

// reopen doubts what was not there in another relation of the name, where it may be
// in this one.
func (c *Catalog) reopen(whole Name) {
	open := c.get(whole).open
	for _, part := range c.parts[whole] {
		if e := c.get(part); open[string(part.Class)] && e.presence == Absent {
			c.set(part, e.with(InDoubt, c.by))
		}
	}
}

// doubt takes in that nothing is known any more of what has a name, and of what
// belongs to it.
func (c *Catalog) doubt(name string) {
	if name == "" || c.doubted[name] {
		return
	}
	c.doubted[name] = true
	for n, e := range c.entries {
		if n.Name == name && (e.presence != InDoubt || e.sure) && n.Class != detect.NamesSchema {
			c.set(n, e.with(InDoubt, c.by))
		}
		if indexOf(c.get(n).fresh, name) >= 0 {
			c.set(n.part(detect.NamesColumn, name), entry{by: c.by})
		}
	}
}
