package express

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A rule is a constraint or an index of a model.
type rule struct {
	*scope
	of         *model
	rank       int
	constraint *kinds.Constraint // or
	index      *kinds.Index
	// plain: a primary key that is written in its field.
	plain bool
}

// readRules reads the constraints and indexes of the model, by rank.
func (m *model) readRules() {
	for _, o := range m.x.state.Children(m.object, kinds.ConstraintKind, kinds.IndexKind) {
		s := *m.scope
		s.object = o.Address
		r := &rule{scope: &s, of: m, rank: o.Rank}
		if err := r.decode(o); err != nil || !isIn(o.Address, m.object) {
			r.fail("its attributes are not those of a constraint or index")
			continue
		}
		if r.constraint != nil && r.constraint.Type == kinds.PrimaryKey {
			m.key = r
			continue
		}
		m.rules = append(m.rules, r)
	}
}

func (r *rule) decode(o *state.Object) error {
	if o.Address.Kind() == kinds.IndexKind {
		index, err := state.Decode[kinds.Index](o)
		r.index = &index
		return err
	}
	constraint, err := state.Decode[kinds.Constraint](o)
	r.constraint = &constraint
	return err
}

func (r *rule) name() string {
	if r.index != nil {
		return r.index.Name
	}
	return r.constraint.Name
}

// partition returns the partition that alone has it, or nil.
func (r *rule) partition() *kinds.PartOf {
	if r.index != nil {
		return r.index.Partition
	}
	return r.constraint.Partition
}

// isOf reports whether a constraint over one field is named as one that is written
// in the field.
func (r *rule) isOf(f *field, suffix string) bool {
	return r.constraint.Partition == nil && refsTo(r.constraint.Fields, f.object) && r.object.Name() == kinds.Name(f.attrs.Column, suffix) &&
		r.constraint.Name == kinds.Name(r.of.attrs.Table, f.attrs.Column, suffix) && plainly(r.constraint)
}

// primaryKey says the key, unless it is written in its field or the model gets it
// by itself.
func (m *model) primaryKey(b *declare.Body) {
	switch {
	case m.key == nil:
		set(b, "primary_key", word("none"))
		return
	case m.key.plain:
		m.x.said[m.key.object] = true
		return
	}
	k := block("primary_key")
	m.x.place(k, m.key.object)
	if m.key.object.Name() != pkey {
		m.key.fail("it is no primary key that a model file makes")
		return
	}
	c := m.key.constraint
	set(k.Body, "fields", m.key.fieldNames(c.Fields))
	if len(c.Include) > 0 {
		set(k.Body, "include", m.key.fieldNames(c.Include))
	}
	if c.Name != m.usualKeyName() {
		set(k.Body, "name", quoted(c.Name))
	}
	setWord(k.Body, "deferrable", c.Deferrable)
	m.key.tuned(k.Body)
	m.x.said[m.key.object] = true
	b.Blocks = append(b.Blocks, k)
}

// plainly reports whether a field can say all of a constraint.
func plainly(c *kinds.Constraint) bool {
	return c.Comment == "" && c.Match == "" && !c.NotValid && len(c.OnDeleteFields) == 0 && len(c.Storage) == 0
}

func (m *model) usualKeyName() string { return kinds.Name(m.attrs.Table, pkey) }
