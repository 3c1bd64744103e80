package review

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// Holdings are names with whose they are, before the migrations of a plan and after
// them.
type Holdings struct{ Before, After Names }

// NewHoldings returns holdings without a name.
func NewHoldings() Holdings { return Holdings{Before: Names{}, After: Names{}} }

// Claim adds the names that an operation gives up and those that it takes.
func (h Holdings) Claim(op operation.Operation) {
	whose := op.Target.String()
	for _, name := range claimed(op.Frees) {
		h.Before.Add(name, whose)
	}
	for _, name := range claimed(op.Takes) {
		h.After.Add(name, whose)
	}
}

func claimed(keys []string) []Name {
	var names []Name
	for _, key := range keys {
		if name, ok := Claimed(key); ok {
			names = append(names, name)
		}
	}
	return names
}

// A passage is one way of an operation. On it names change hands: what somebody else
// gives up the plugin takes, in the same plan, or the other way round. Such a name is
// the plugin's from the statement that makes it to the one that takes it away.
type passage struct {
	*Review
	op    operation.Operation
	down  bool
	about Names
	made  map[Name]bool // by the statements so far: there, or taken away
}

// follow takes in what a statement makes and takes away.
func (p *passage) follow(act parser.Act) {
	for _, e := range act.Effects {
		gone, come := changed(e)
		for _, name := range gone {
			p.made[name] = false
		}
		for _, name := range come {
			p.made[name] = true
		}
	}
}

// changed returns the names that an effect takes away and those that it gives.
func changed(e parser.Effect) (gone, come []Name) {
	switch e.Verb {
	case parser.Creates:
		come = namesOf(e)
	case parser.Drops:
		gone = namesOf(e)
	case parser.Renames, parser.Moves:
		gone = namesOf(e)
		if e.Verb == parser.Renames {
			e.Name = e.To
		} else {
			e.Schema = e.To
		}
		come = namesOf(e)
	}
	return gone, come
}

// mine reports whether a name that changes hands is the plugin's where an effect is on
// it. What neither makes it nor takes it away comes when it is there.
func (p *passage) mine(name Name, e parser.Effect) bool {
	gained, passes := p.passes(name)
	if !passes {
		return false
	}
	for _, known := range []Name{name, Relation(name.Schema, name.Relation)} {
		if there, ok := p.made[known]; ok {
			return there
		}
	}
	switch e.Verb {
	case parser.Creates: // OR REPLACE: only who claims the name waits until it is free
		claims := p.op.Takes
		if p.down {
			claims = p.op.Frees
		}
		return slices.Contains(claimed(claims), name)
	case parser.Drops, parser.Renames, parser.Moves:
		return gained == p.down
	}
	return true
}

// passes reports whether a name changes hands, and whether the plugin gains it.
func (p *passage) passes(name Name) (gained, passes bool) {
	other := p.othersHold(name)
	if other.before == other.after {
		return false, false
	}
	own := p.Own.Before
	if other.before {
		own = p.Own.After
	}
	twin := Relation(name.Schema, name.Name) // a table has a type of its name
	return other.before, own.has(name) || name.Space == typ && own.has(twin)
}

// A hold is that of somebody else on a name.
type hold struct {
	whose         string
	before, after bool
}

// othersHold returns whose a name is besides the plugin's, if it is anybody's: by what
// the others are known to have, or else by what their statements make.
func (r *Review) othersHold(name Name) hold {
	var h hold
	if whose, ok := r.Others.After[name]; ok {
		h.whose, h.after = whose, true
	}
	if whose, ok := r.Others.Before[name]; ok {
		h.whose, h.before = whose, true
	}
	if h.whose == "" {
		return r.remembered(name)
	}
	return h
}
