package triggers

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A hold is how triggers depend on the types of columns.
type hold struct {
	// bound are columns in conditions of triggers: PostgreSQL refuses to change them.
	bound map[address.Address]bool
	// rows are the columns of rows that a function takes apart. A session that has
	// run it knows their types by their names, and fails on others until the function
	// is a new one.
	rows map[address.Address]bool
}

func newHold() hold { return hold{bound: map[address.Address]bool{}, rows: map[address.Address]bool{}} }

// condition notes the columns of a table that are in a WHEN.
func (h hold) condition(t *table, when string) {
	names := map[string]bool{}
	for token := range sqltext.Scan(when) {
		if name, ok := token.Identifier(); ok {
			names[name] = true
		}
	}
	for _, c := range t.columns {
		if names[c.name] {
			h.bound[c.address] = true
		}
	}
}

// row notes the columns of a table whose rows a function takes apart.
func (h hold) row(t *table) {
	for _, c := range t.columns {
		h.rows[c.address] = true
	}
}

// stays reports whether what only is in the way of something else can stay where it
// is: its SQL is the same, and neither PostgreSQL nor a session that runs it minds
// what happens to the columns.
func (b built) stays(old built, from, to *state.State) bool {
	same := slices.Equal(old.create, b.create) && slices.Equal(old.drop, b.drop) && slices.Equal(old.undo, b.undo)
	if !same || b.holds.bound == nil || b.renames(old) {
		return false
	}
	for a := range maps.Keys(b.holds.bound) {
		if columnChanges(from, to, a) {
			return false
		}
	}
	for a := range maps.Keys(b.holds.rows) {
		if columnChanges(from, to, a) && !sameName(from, to, a) {
			return false
		}
	}
	return true
}

// columnChanges reports whether the type of a column may change: its own, that of an
// enum or domain, or that of what it is computed from.
func columnChanges(from, to *state.State, a address.Address) bool {
	was, is := readColumn(from, a), readColumn(to, a)
	if was == nil || is == nil || was.Generated != nil || is.Generated != nil || was.Collate != is.Collate || !sameType(was.Type, is.Type) {
		return true
	}
	return was.Type.Of != nil && changes(from, to, was.Type.Of.Address)
}

func readColumn(s *state.State, a address.Address) *model.Field {
	o := s.Get(a)
	if o == nil {
		return nil
	}
	f, err := state.Decode[model.Field](o)
	if err != nil {
		return nil
	}
	return &f
}

func sameType(a, b model.Type) bool {
	if a.Of == nil || b.Of == nil {
		return a.Of == b.Of && a.SQL == b.SQL && a.Several == b.Several && a.Dimensions == b.Dimensions
	}
	return *a.Of == *b.Of && a.Several == b.Several && a.Dimensions == b.Dimensions
}

// changes reports whether an enum or domain, or what is under it, is another one.
func changes(from, to *state.State, a address.Address) bool {
	was, is := from.Get(a), to.Get(a)
	if was == nil || is == nil || !state.Same(was, is) {
		return true
	}
	return slices.ContainsFunc(is.Refs, func(r state.Reference) bool { return r.Target != a && changes(from, to, r.Target) })
}

// sameName reports whether only the arguments of a column's type change.
func sameName(from, to *state.State, a address.Address) bool {
	was, is := readColumn(from, a), readColumn(to, a)
	if was == nil || is == nil || was.Type.Of != nil || is.Type.Of != nil || was.Generated != nil || is.Generated != nil {
		return false
	}
	return was.Type.Dimensions == is.Type.Dimensions && baseName(was.Type.SQL) == baseName(is.Type.SQL)
}

// holds returns how an audit depends on types. The rows of a statement come as a
// table, whose columns PostgreSQL looks at anew.
func (a *audit) holds() hold {
	h := newHold()
	if a.Storage == record.InHistory || a.byRow() {
		h.row(a.table)
	}
	for _, t := range a.triggers() {
		h.condition(a.table, t.what)
	}
	return h
}

// holds returns how a constraint depends on types.
func (c *constraint) holds() hold {
	h := newHold()
	for _, t := range c.watched() {
		h.row(c.joins[t.at].table)
		h.condition(c.joins[t.at].table, t.when)
	}
	return h
}
