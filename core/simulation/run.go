package simulation

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Learn takes in what a statement did that ran. What it speaks of was there, whatever
// the catalog knows.
func (c *Catalog) Learn(r Reading) { c.LearnOf(none, r) }

// LearnOf is Learn for a statement of one of the operations, migrations or whatever else
// it is that By of an Object counts.
func (c *Catalog) LearnOf(by int, r Reading) {
	c.by = by
	defer func() { c.by = none }()
	for _, e := range c.effects(r) {
		if e.Verb != Needs && e.Verb != Refers {
			c.apply(e)
		}
	}
	c.journal = c.journal[:0]
}

// RunOf is Run for a statement of one of the operations that By of a Fault counts.
func (c *Catalog) RunOf(by int, r Reading) *Fault {
	c.by = by
	defer func() { c.by = none }()
	return c.Run(r)
}

// LearnFrom is Learn for a statement that has an origin, which a Fault speaks of.
func (c *Catalog) LearnFrom(origin string, r Reading) {
	if last := len(c.origins) - 1; last < 0 || c.origins[last] != origin {
		c.origins = append(c.origins, origin)
	}
	c.LearnOf(none-len(c.origins), r)
}

// Run runs a statement. It stops at the first fault.
func (c *Catalog) Run(r Reading) *Fault {
	f := c.run(r)
	if f != nil && f.By < none {
		f.By, f.Origin = none, c.origins[none-f.By-1]
	}
	return f
}

func (c *Catalog) run(r Reading) *Fault {
	for _, e := range c.effects(r) {
		if e.Unless.Name != "" && c.presence(e.Unless, drops) != Absent {
			continue
		}
		if f := c.judge(e); f != nil {
			return f
		}
		c.apply(e)
	}
	return c.runBody(r)
}

// runBody looks at the body of a function that has been made.
func (c *Catalog) runBody(r Reading) *Fault {
	if r.Bodies != "" {
		c.unbodied = strings.EqualFold(r.Bodies, "off")
	}
	if c.unbodied {
		return nil
	}
	for _, e := range r.Body {
		if f := c.judge(e); f != nil {
			return f
		}
		c.apply(e)
	}
	return nil
}

// effects returns what a statement does as things are.
func (c *Catalog) effects(r Reading) []Effect {
	switch {
	case r.Unless.Name != "":
		return c.unless(r)
	case r.Given.Name == "":
		return r.Effects
	}
	switch c.known(r.Given) {
	case Present:
		return r.Effects
	case Absent:
		return nil
	}
	return lenient(r.Effects, true)
}

// unless returns what a statement with IF NOT EXISTS does. Where it is not known
// whether the table is there, it may have other parts than the statement says.
func (c *Catalog) unless(r Reading) []Effect {
	switch c.presence(r.Unless, drops) {
	case Present:
		return nil
	case Absent:
		return lenient(r.Effects, false)
	}
	return []Effect{
		{Verb: Makes, Name: r.Unless, If: true, Kind: "table"},
		{Verb: Opens, Name: r.Unless.part(detect.NamesColumn, "")},
		{Verb: Opens, Name: r.Unless.part(detect.NamesConstraint, "")},
	}
}

// lenient returns effects that are no mistake, or are, where there is nothing to do.
func lenient(effects []Effect, yes bool) []Effect {
	all := slices.Clone(effects)
	for i := range all {
		all[i].If = yes
	}
	return all
}

// judge returns what is wrong with an effect.
func (c *Catalog) judge(e Effect) *Fault {
	switch e.Verb {
	case Makes:
		return c.judgeTaken(e, e.Name, e.If || e.Replace)
	case Removes:
		return c.judgeThere(e, drops)
	case Needs, Alters:
		return c.judgeThere(e, about)
	case Refers:
		if e.Call > 0 {
			return c.judgeCall(e)
		}
		return c.judgeThere(e, refers)
	case Renames, Moves:
		if f := c.judgeThere(e, about); f != nil {
			return f
		}
		if n := e.Name; e.Verb == Renames && !e.If && !n.nowhere() && e.To == n.Name {
			return &Fault{Effect: e, Taken: true, By: c.whoDid(n)}
		}
		if c.known(e.Name) == Present || !e.If {
			return c.judgeTaken(e, e.Renamed(), false)
		}
	}
	return nil
}

// Renamed returns the name behind a Renames or a Moves.
func (e Effect) Renamed() Name {
	n := e.Name
	if e.Verb == Moves {
		n.Schema = e.To
	} else {
		n.Name = e.To
	}
	return n
}

// known returns whether a name that a statement is about is there, under any arguments
// where it has none.
func (c *Catalog) known(n Name) Presence {
	if n.Class != detect.NamesFunction || n.Args != anyArgs {
		return c.presence(n, about)
	}
	return c.presence(c.overload(n), about)
}

// overload returns the function that a name without arguments means: the one that is
// there, if it is one.
func (c *Catalog) overload(n Name) Name {
	found := n
	for _, other := range c.called[call{n.Schema, n.Name}] {
		if other.Class == n.Class && c.get(other).presence != Absent {
			if found != n && found != other {
				return n
			}
			found = other
		}
	}
	return found
}

func (c *Catalog) judgeThere(e Effect, as use) *Fault {
	if e.If || e.Name.nowhere() {
		return nil
	}
	n := e.Name
	if n.Args == anyArgs {
		if n = c.overload(n); n.Args == anyArgs && c.hasFunction(n) {
			return nil
		}
	}
	if c.presence(n, as) == Absent {
		return &Fault{Effect: e, By: c.whoDid(n)}
	}
	return nil
}

// judgeCall returns the fault of a call where no function takes as many arguments. A
// call can be a cast to a type as well.
func (c *Catalog) judgeCall(e Effect) *Fault {
	gone := Name{}
	for _, n := range c.called[call{e.Name.Schema, e.Name.Name}] {
		known, ok := c.find(n)
		switch {
		case !ok:
		case n.Class == detect.NamesType && known.presence != Absent && e.Call == 2:
			return nil
		case n.Class != detect.NamesFunction:
		case known.presence != Absent && (known.kind == "" || known.presence == InDoubt || known.least < e.Call && e.Call <= known.most+1):
			return nil
		case known.presence == Absent && n.Arity() == e.Call-1:
			gone = n
		}
	}
	others := !c.complete && !c.get(schemaName(e.Name.Schema)).ours // there may be some of which nothing is known
	if e.If || e.Name.nowhere() || (gone.Name == "" || others) && c.presence(e.Name, refers) != Absent {
		return nil
	}
	return &Fault{Effect: e, By: c.whoDid(gone)}
}

// hasFunction reports whether any function has the name.
func (c *Catalog) hasFunction(n Name) bool {
	for _, other := range c.called[call{n.Schema, n.Name}] {
		if other.Class == n.Class && c.get(other).presence != Absent {
			return true
		}
	}
	return false
}

func (c *Catalog) whoDid(n Name) int {
	if e, ok := c.find(n); ok {
		return e.by
	}
	if n.Relation != "" {
		if e, ok := c.find(n.whole()); ok && e.presence == Absent {
			return e.by
		}
	}
	return none
}

// judgeTaken returns the fault of a name that is to be made and is there. A table and
// its type have one name each.
func (c *Catalog) judgeTaken(e Effect, n Name, may bool) *Fault {
	there := c.presence(n, about) == Present
	if n.nowhere() || e.Verb == Moves && n == e.Name || there && may {
		return nil
	}
	names := []Name{n}
	if twin := c.twinOf(e); twin.Name != "" && !e.Adopts {
		names = append(names, twin)
	}
	if e.Free.Name != "" {
		names = append(names, e.Free)
	}
	if e.Verb == Moves {
		names = append(names, c.movedWith(e)...)
	}
	for _, name := range names {
		if known, ok := c.find(name); ok && known.presence == Present {
			return &Fault{Effect: e, Taken: true, By: known.by, Early: known.believed}
		}
		if name.Class == detect.NamesColumn && c.presence(name, about) == Present {
			return &Fault{Effect: e, Taken: true, By: c.get(name.whole()).by}
		}
	}
	return nil
}

// movedWith returns the names that the indexes and sequences of a table get which is
// moved into another schema.
func (c *Catalog) movedWith(e Effect) []Name {
	var moved []Name
	for _, part := range c.parts[e.Name] {
		if known := c.get(part); part.Class == detect.NamesRelation && known.of == e.Name && known.presence == Present && !known.part {
			part.Schema = e.To
			moved = append(moved, part)
		}
	}
	return moved
}

// twinOf returns the other name that an effect gives to the same thing.
func (c *Catalog) twinOf(e Effect) Name {
	if e.Verb == Makes {
		return e.Twin
	}
	twin := c.get(e.Name).twin
	if twin.Name == "" || c.get(twin).twin != e.Name {
		return Name{}
	}
	e.Name = twin
	return e.Renamed()
}
