package triggers

import (
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A join is one table of a query in one place. Tables are joined from the left,
// all of them with LEFT JOIN: a condition on a column leaves out rows without
// partner by itself, and is_null finds them.
type join struct {
	*table
	step         // it hangs on what it is joined to; a root on what is around the subquery
	lead    step // where its rows matter: where it hangs, but for what a many_to_many links to the outside
	alias   string
	through bool    // the join table of a many_to_many, or a model with a foreign key that is followed backwards
	many    bool    // several rows for one of the model's
	used    columns // what the query reads of it

	inside int      // index of the root of the subquery that it is in; 0: the query itself
	linked bool     // a root: its rows matter only to those of the lead's parent with the same link
	adds   polarity // a root: how the results change when rows are added
	alone  string   // a root: the subquery, if it names nothing outside
	probe  *step    // a root: the link, if it is that of x in in(x, select(...)) and x can be NULL
}

// A step leads from a row to those of another table that have the same value.
type step struct {
	parent int    // index of the join of that table; -1: there is none, it is the model of the query
	link   column // of the parent
	own    column // equal to it
}

// isRoot reports whether a join, the one at an index, is what a subquery is over.
func (j join) isRoot(at int) bool { return j.inside == at && at > 0 }

// columns is a set of columns in the order of their names.
type columns []column

func (c *columns) add(more ...column) {
	for _, m := range more {
		i, found := slices.BinarySearchFunc(*c, m, compareColumns)
		if !found {
			*c = slices.Insert(*c, i, m)
		}
	}
}

// joins collects the tables of a query while its paths are resolved.
type joins struct {
	state  *state.State
	list   []join
	byWay  map[string]int // parent and field -> index in list
	former *former
}

func newJoins(s *state.State, base *table) *joins {
	return &joins{state: s, byWay: map[string]int{}, list: []join{{table: base, alias: "t0", step: step{parent: -1}, lead: step{parent: -1}}}}
}

// add returns the index of the join that hangs over a field on its parent, a new
// one the first time.
func (j *joins) add(over address.Address, added join) int {
	parent := added.parent
	way := strconv.Itoa(parent) + " " + over.String()
	if at, ok := j.byWay[way]; ok {
		return at
	}
	at := len(j.list)
	added.alias, added.lead = "t"+strconv.Itoa(at), added.step
	added.many = added.many || j.list[parent].many
	added.inside = j.list[parent].inside
	added.used.add(added.own) // rows can exchange it
	j.list[parent].used.add(added.link)
	j.list = append(j.list, added)
	j.byWay[way] = at
	return at
}

// open adds the table of a subquery that stands where names are resolved at an
// index, and returns its own index.
func (j *joins) open(parent int, t *table, adds polarity) int {
	at := len(j.list)
	j.list = append(j.list, join{
		table: t, alias: "t" + strconv.Itoa(at), step: step{parent: parent}, lead: step{parent: parent}, inside: at, adds: adds, many: true,
	})
	return at
}

// lead has the rows of a subquery's root lead outside by a step from one of its
// joins, and reports whether that is possible. It is from the root itself, and
// from the join table of a many_to_many: its rows are watched too, so that they
// lead there when those of the root are gone. Others could be gone with the root.
func (j *joins) lead(root, from int, outside step) bool {
	r, f := &j.list[root], &j.list[from]
	switch {
	case from == root || j.former != nil:
		r.lead = outside
	case f.through && f.parent == root:
		f.lead, r.lead = outside, step{parent: from, link: f.own, own: f.link}
	default:
		return false
	}
	r.linked = true
	return true
}
