package simulation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Catalog is the names of a database as far as they are known. It is for one
// goroutine.
type Catalog struct {
	entries map[Name]*entry
	parts   map[Name][]Name // what belongs to a relation, or ever did
	schemas map[string][]Name
	// lent and absent hold, by schema, every name that was once somebody's or nobody's, as
	// a sequence may be, and every relation that was once not there.
	lent, absent map[string][]Name
	called       map[call][]Name // functions and types by what a call says of them
	doubted      map[string]bool // names that text has which cannot be followed
	madeUp       madeUp
	// constructed are names of functions that PostgreSQL makes for ranges.
	constructed map[Name]bool
	retyped     map[string]bool // names of types and schemas that became others
	// complete says that all statements that ever ran are known: what is ours and is
	// not known is not there.
	complete bool
	foreign  map[string]bool // schemas that have objects of extensions; "" is any
	journal  []change
	by       int // the operation that is run, or below none the number of an origin
	origins  []string
	unbodied bool // bodies of functions are not looked at
	lenient  bool // what is run does nothing where it has nothing to do
}

// A call is what a call says of a function: its name, and nothing of what it takes.
type call struct{ schema, name string }

// New returns a catalog of a database of which nothing is known.
func New() *Catalog {
	return &Catalog{
		entries: map[Name]*entry{}, parts: map[Name][]Name{}, schemas: map[string][]Name{},
		lent: map[string][]Name{}, absent: map[string][]Name{}, called: map[call][]Name{}, doubted: map[string]bool{},
		madeUp: madeUp{}, constructed: map[Name]bool{}, retyped: map[string]bool{}, foreign: map[string]bool{}, by: none,
	}
}

// Empty returns the catalog of a database in which nothing of ours is yet.
func Empty() *Catalog {
	c := New()
	c.complete = true
	c.entries[schemaName("public")] = &entry{presence: Present, by: none}
	return c
}

// A use is how much a statement has to do with a name that it does not make.
type use int

const (
	refers use = iota // it may be somebody else's
	about             // it is ours, or an extension's
	drops             // it is ours: nobody can drop what is an extension's
)

// presence returns whether a name is there, for a statement that uses it.
func (c *Catalog) presence(n Name, as use) Presence {
	if e, ok := c.find(n); ok {
		return e.presence
	}
	switch {
	case c.doubted[n.Name] || n.nowhere() || c.foreignName(n):
		return InDoubt
	case n.Relation != "":
		return c.partPresence(n)
	case n.Schema == "":
		return c.outermost(n, as)
	}
	return c.schemaPresence(n, as)
}

// foreignName reports whether a name is PostgreSQL's.
func (c *Catalog) foreignName(n Name) bool {
	schema := n.Schema
	if n.Class == detect.NamesSchema {
		schema = n.Name
	}
	return systemSchema(schema)
}

func systemSchema(schema string) bool {
	return schema == "information_schema" || len(schema) > 2 && schema[:3] == "pg_"
}

// partPresence returns whether what is part of a relation is there, of which nothing
// else is known.
func (c *Catalog) partPresence(n Name) Presence {
	whole, ok := c.find(n.whole())
	switch {
	case !ok:
		return c.unknownPart(n.whole())
	case whole.presence != Present:
		return whole.presence
	case n.Class == detect.NamesColumn && indexOf(whole.fresh, n.Name) >= 0:
		return Present
	case whole.vague || whole.open[string(n.Class)] || c.doubted[n.Relation] || n.Class == detect.NamesColumn && systemColumn(n.Name):
		return InDoubt
	case n.Class == detect.NamesRule && n.Name == "_RETURN", n.Class == detect.NamesColumn && (whole.isIndex() || whole.kind == "sequence" && columnOfSequence(n.Name)):
		return InDoubt
	}
	return Absent
}

// unknownPart returns whether a part of a relation is there that has no entry.
func (c *Catalog) unknownPart(whole Name) Presence {
	if c.presence(whole, refers) == Absent {
		return Absent
	}
	return InDoubt
}

func systemColumn(name string) bool {
	switch name {
	case "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid":
		return true
	}
	return false
}

// columnOfSequence reports whether all sequences have a column.
func columnOfSequence(name string) bool {
	return name == "last_value" || name == "log_cnt" || name == "is_called"
}

// outermost returns whether what is in no schema is there.
func (c *Catalog) outermost(n Name, as use) Presence {
	switch n.Class {
	case detect.NamesSchema, detect.NamesPublication, detect.NamesEventTrigger:
		if as == drops && c.complete {
			return Absent
		}
	}
	return InDoubt
}

// schemaPresence returns whether what is in a schema is there.
func (c *Catalog) schemaPresence(n Name, as use) Presence {
	schema, ok := c.find(schemaName(n.Schema))
	switch {
	case !ok || schema.presence == InDoubt || schema.vague:
		return InDoubt
	case schema.presence == Absent:
		return Absent
	case c.hasMadeUp(n), as != drops && (c.foreign[""] || c.foreign[n.Schema]):
		return InDoubt
	case schema.ours || as != refers && c.complete:
		return Absent
	}
	return InDoubt
}

// hasMadeUp reports whether PostgreSQL may have made up the name.
func (c *Catalog) hasMadeUp(n Name) bool {
	if n.Class == detect.NamesFunction {
		return c.constructed[inSchema(n.Class, n.Schema, n.Name)]
	}
	if n.Class == detect.NamesRelation {
		return c.madeUp.has(n.Schema, n.Name)
	}
	return n.Class == detect.NamesType && len(n.Name) > 0 && n.Name[0] == '_' // of an array
}

// set changes an entry, so that Rewind can change it back.
func (c *Catalog) set(n Name, e entry) {
	was, had := c.entries[n]
	if !had {
		was = unknown
		if n.Class == detect.NamesColumn && c.stale(n) {
			was, had = fresh, true
		}
	}
	c.journal = append(c.journal, change{name: n, was: was, had: had, now: &e, lenient: c.lenient})
	c.entries[n] = &e
	if !had || e.of != was.of {
		c.index(n, e)
	}
	c.watch(n, was, &e)
}

// watch notes what is looked at again when another name of its schema comes or goes: few
// names of many. What is rewound stays noted.
func (c *Catalog) watch(n Name, was, now *entry) {
	if now.lent && !was.lent {
		c.lent[n.Schema] = append(c.lent[n.Schema], n)
	}
	if n.Class == detect.NamesRelation && now.presence == Absent && was.presence != Absent {
		c.absent[n.Schema] = append(c.absent[n.Schema], n)
	}
}

// find returns the entry of a name, if it has one.
func (c *Catalog) find(n Name) (e entry, ok bool) {
	known, ok := c.entries[n]
	if ok {
		e = *known
	}
	return e, ok
}

// get returns the entry of a name, or an empty one.
func (c *Catalog) get(n Name) entry {
	e, _ := c.find(n)
	return e
}

// stale takes a column out of the fresh ones of its table, if it is one.
func (c *Catalog) stale(n Name) bool {
	whole := c.get(n.whole())
	i := indexOf(whole.fresh, n.Name)
	if i < 0 {
		return false
	}
	whole.fresh = slices.Delete(slices.Clone(whole.fresh), i, i+1)
	c.set(n.whole(), whole)
	c.index(n, entry{})
	return true
}

// indexOf returns where a column stands among others; -1: nowhere.
func indexOf(columns []Column, name string) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
}

// index files a name under what it belongs to.
func (c *Catalog) index(n Name, e entry) {
	whole := e.of
	if n.Relation != "" {
		whole = n.whole()
	}
	if whole != (Name{}) {
		c.parts[whole] = append(c.parts[whole], n)
	}
	if n.Schema != "" {
		c.schemas[n.Schema] = append(c.schemas[n.Schema], n)
	}
	if n.Class == detect.NamesFunction || n.Class == detect.NamesType {
		key := call{n.Schema, n.Name}
		c.called[key] = append(c.called[key], n)
	}
}

// Mark returns the place to which Rewind goes back.
func (c *Catalog) Mark() int { return len(c.journal) }

// Rewind makes the entries what they were at a mark.
func (c *Catalog) Rewind(mark int) {
	for i := len(c.journal) - 1; i >= mark; i-- {
		if change := c.journal[i]; change.had {
			c.entries[change.name] = change.was
		} else {
			delete(c.entries, change.name)
		}
	}
	c.journal = c.journal[:mark]
}
