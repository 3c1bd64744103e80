package simulation

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// An arrival compares the names at the end of a way back with those at its beginning.
type arrival struct {
	first map[Name]change // the first change of each
	gone  map[Name]bool   // those that were not there at some time
	other map[Name]bool   // parts first changed when their name was another one's: what it had before is not known
}

// arrived returns the failure of a way back after which something that was done between
// two marks is not as it was at the first one.
func (c *Catalog) arrived(begin, end int) *Failure {
	a := arrival{first: map[Name]change{}, gone: map[Name]bool{}, other: map[Name]bool{}}
	for _, change := range c.journal[begin:end] {
		if _, known := a.first[change.name]; !known {
			a.first[change.name] = change
			a.other[change.name] = change.name.Relation != "" && a.gone[change.name.whole()]
		}
		if change.now.presence == Absent {
			a.gone[change.name] = true
		}
	}
	var wrong []Failure
	for n, change := range a.first {
		is, was := c.get(n), a.before(change)
		if !change.had && c.doubted[n.Name] {
			continue // what is not followed may have made it
		}
		if was != InDoubt && is.presence != InDoubt && was != is.presence && !second(n, is, change) {
			wrong = append(wrong, Failure{Operation: is.by, Down: true, Name: n, Gone: was == Present})
		}
		for _, column := range c.lost(n, change.was.fresh) {
			wrong = append(wrong, Failure{Operation: is.by, Down: true, Name: column, Gone: true})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return new(slices.MinFunc(wrong, compareFailures))
}

// lost returns the columns that a table had and has no more, if it is there.
func (c *Catalog) lost(n Name, had []Column) []Name {
	var found []Name
	for _, column := range had {
		if c.get(n).presence == Present && c.presence(n.part(detect.NamesColumn, column.Name), about) == Absent {
			found = append(found, n.part(detect.NamesColumn, column.Name))
		}
	}
	return found
}

// compareFailures puts what is not a part of something else first.
func compareFailures(a, b Failure) int {
	return cmp.Or(
		cmp.Compare(min(len(a.Name.Relation), 1), min(len(b.Name.Relation), 1)), cmp.Compare(a.Operation, b.Operation),
		cmp.Compare(a.Name.String(), b.Name.String()),
	)
}

// second reports whether a name is only the other one of something: the type of a
// table, the index of a constraint.
func second(n Name, is entry, first change) bool {
	for _, e := range []entry{is, *first.now, *first.was} {
		if e.twin.Class == detect.NamesRelation && n.Class == detect.NamesType || e.twin.Class == detect.NamesConstraint {
			return true
		}
	}
	return false
}

// before returns whether a name was there before its first change. What a statement
// made was not there, and what it took away was, for else it would have failed.
func (a arrival) before(change change) Presence {
	whole := change.name.whole()
	part := change.name.Relation != ""
	switch {
	case part && a.was(whole, Absent):
		return Absent
	case a.other[change.name], part && a.was(whole, InDoubt):
		return InDoubt
	case change.had:
		return change.was.presence
	case change.lenient || change.now.presence == InDoubt:
		return InDoubt
	case part && a.gone[whole]:
		return InDoubt // it was a part of what had another name
	case change.now.presence == Absent, change.now.believed:
		return Present
	}
	return a.beforeIn(change)
}

// was reports whether something that has changed was there before, was not, or may have been.
func (a arrival) was(n Name, p Presence) bool {
	change, changed := a.first[n]
	return changed && a.before(change) == p
}

// beforeIn returns whether what a statement made for a relation was not there before:
// that is not known where that is not known of the relation.
func (a arrival) beforeIn(change change) Presence {
	whole := change.now.of
	if change.name.Relation != "" {
		whole = change.name.whole()
	}
	of, changed := a.first[whole]
	if changed && (of.had && of.was.vague || !of.had && (of.now.presence == Absent || of.now.believed)) {
		return InDoubt
	}
	return Absent
}
