package express

import (
	"math"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// divide decides what is written in fields and what in blocks of its own: a
// unique constraint of one field can be either, and its rank says which it was.
func (m *model) divide() {
	m.plainKey()
	for _, f := range m.fields {
		if f.leads = f.leadsTo(); f.leads != nil && !f.takesType() {
			f.leads = nil
		}
		if f.leads == nil && f.attrs.Relation != nil && !f.attrs.Relation.Many {
			f.fail("it leads to %s, and not as a foreign_key in a model file does", f.attrs.Relation.Target)
		}
		m.take(f.leads)
	}
	next := m.nextRanks()
	last := 0
	for i, f := range m.fields {
		if u := f.ownUnique(); u != nil && last <= u.rank && u.rank <= next[i] {
			f.unique, last = true, u.rank
			m.take(u)
		}
		last = max(last, f.lastRank())
	}
	m.implicitID()
}

// take takes out a rule that is written in a field.
func (m *model) take(r *rule) {
	if r != nil {
		m.x.said[r.object] = true
		m.rules = slices.DeleteFunc(m.rules, func(other *rule) bool { return other == r })
	}
}

// plainKey finds out whether the primary key is written in its field.
func (m *model) plainKey() {
	if k := m.key; k != nil && k.object.Name() == pkey {
		k.plain = len(k.constraint.Fields) == 1 && m.usualKey()
	}
}

// usualKey reports whether nothing but its fields has to be said of the primary key.
func (m *model) usualKey() bool {
	c := m.key.constraint
	return len(c.Include) == 0 && c.Deferrable == "" && plainly(c) && c.Name == m.usualKeyName() && m.fieldAt(c.Fields[0].Address) != nil
}

// dividedKey reports whether the primary key is the one that a partitioned model gets
// by itself: its id, and the fields by which it is divided.
func (m *model) dividedKey() bool {
	by, fields := m.attrs.PartitionBy, m.key.constraint.Fields
	if by == nil || m.key.object.Name() != pkey || len(fields) < 2 || !m.usualKey() {
		return false
	}
	var divided []address.Ref
	for _, arg := range by.Args {
		if arg.Kind == expression.Field && !slices.Contains(divided, arg.Path[0]) {
			divided = append(divided, arg.Path[0])
		}
	}
	return slices.Equal(fields[1:], divided)
}

// implicitID finds the id that a model gets if nothing says otherwise. It is the
// first field.
func (m *model) implicitID() {
	if len(m.fields) == 0 || m.key == nil || !m.key.plain && !m.dividedKey() {
		return
	}
	f := m.fields[0]
	usual := kinds.Field{Column: "id", Identity: "by_default", Sequence: f.usualSequence(), Type: kinds.Type{SQL: "bigint"}}
	f.implicit = f.object.Name() == "id" && m.key.constraint.Fields[0].Address == f.object && f.attrs == usual && len(f.options) == 0 && !f.unique
	m.key.plain = m.key.plain || f.implicit
}

// takesType reports whether a field has the type of what it leads to.
func (f *field) takesType() bool {
	target, type_ := f.target().Type, f.attrs.Type
	return target.SQL == type_.SQL && target.Dimensions == type_.Dimensions && f.attrs.Identity == "" &&
		(target.Of == nil) == (type_.Of == nil) && (target.Of == nil || *target.Of == *type_.Of)
}

// ownUnique returns a unique constraint that could be written in the field, or nil.
func (f *field) ownUnique() *rule {
	for _, r := range f.of.rules {
		c := r.constraint
		if c != nil && c.Type == kinds.Unique && r.isOf(f, "key") && len(c.Include) == 0 && c.Deferrable == "" && !c.NullsNotDistinct && !f.isKey() {
			return r
		}
	}
	return nil
}

// nextRanks returns, for each field, the least rank of what stands in it or behind
// it and has no other place.
func (m *model) nextRanks() []int {
	next, ranks := math.MaxInt, make([]int, len(m.fields))
	for _, r := range m.rules {
		if !m.couldBeOwn(r) {
			next = min(next, r.rank)
		}
	}
	for i, f := range slices.Backward(m.fields) {
		if f.leads != nil {
			next = min(next, f.leads.rank)
		}
		for _, o := range f.options {
			next = min(next, o.Rank)
		}
		ranks[i] = next
	}
	return ranks
}

func (m *model) couldBeOwn(r *rule) bool {
	return slices.ContainsFunc(m.fields, func(f *field) bool { return f.ownUnique() == r })
}

// lastRank returns the greatest rank of what stands in the field.
func (f *field) lastRank() int {
	last := 0
	if f.leads != nil {
		last = f.leads.rank
	}
	for _, o := range f.options {
		last = max(last, o.Rank)
	}
	return last
}
