package conformance

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// outside renames the tables that objects of the detector refer to without being part
// of them, and no others: alone, and together with the change to the next stage. What
// is dropped then has to go while the table is called as before.
func (t *trial) outside(ctx context.Context, stages []stage) {
	for i, from := range stages {
		for _, next := range stages[i:min(i+2, len(stages))] {
			if to, ok := t.otherTables(next); ok {
				t.asAtOnce(ctx, renameCheck, from, to)
			}
		}
	}
}

// otherTables returns a stage in which such tables have other names, if there are any.
func (t *trial) otherTables(s stage) (stage, bool) {
	var puts []*state.Object
	kept := wordsOfSQL(s.declared.State)
	for a := range t.pointed(s.declared.State) {
		o := s.declared.State.Get(a)
		table, err := state.Decode[model.Model](o)
		if err == nil && !kept[table.Table] && len(table.Table) < model.MaxName/2 {
			puts = append(puts, retitled(o, "table", "other_"+table.Table))
		}
	}
	s.name += " with other tables"
	s.declared.State = with(s.declared.State, puts...)
	return s, len(puts) > 0
}

// pointed returns the models that objects of the detector refer to, or to parts of, from
// outside.
func (t *trial) pointed(s *state.State) map[address.Address]bool {
	found := map[address.Address]bool{}
	for o := range s.All() {
		if !t.owns(o.Address.Kind()) {
			continue
		}
		own := modelAbove(s, o)
		for _, ref := range o.Refs {
			if m := modelAbove(s, s.Get(ref.Target)); !m.IsZero() && m != own {
				found[m] = true
			}
		}
	}
	return found
}

// modelAbove returns the model that an object is or is part of, if any.
func modelAbove(s *state.State, o *state.Object) address.Address {
	for o != nil && o.Address.Kind() != model.ModelKind {
		o = s.Get(o.Parent)
	}
	if o == nil {
		return address.Address{}
	}
	return o.Address
}
