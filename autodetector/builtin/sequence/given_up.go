package sequence

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// The operations on a column that is dropped and added again, as another one. PostgreSQL
// would drop the sequences that belong to it.
const (
	columnDrops = "drop_" + model.FieldKind
	columnComes = "create_" + model.FieldKind
)

// tableChanges is the operation by which a table moves to another schema.
const tableChanges = "alter_" + model.ModelKind

// columnGoes reports whether the column that a sequence belongs to, before and after, is
// another one in between.
func (x sequences) columnGoes(was, is attrs) bool {
	return was.OwnedBy != nil && sdk.Same(was.OwnedBy, is.OwnedBy) && slices.ContainsFunc(x.Pass.Observed, func(op sdk.Operation) bool {
		return op.Kind == columnDrops && op.Target == was.OwnedBy.Address
	})
}

// release takes sequences that stay as they are away from a column before it is dropped.
func release(r *sdk.Reactor) {
	for _, s := range staying(r) {
		step := r.Before([]string{"ALTER SEQUENCE " + name(s) + " OWNED BY NONE"}, []string{"ALTER SEQUENCE " + name(s) + " OWNED BY " + columnIn(r.Pass.From, r.Observed.Target)})
		if moves(r) {
			step.Needs(sdk.Soft(sdk.Before(sdk.Alter, parent(r))))
		}
	}
}

// restore gives them to the column that comes in its place.
func restore(r *sdk.Reactor) {
	for _, s := range staying(r) {
		step := r.After([]string{"ALTER SEQUENCE " + name(s) + " OWNED BY " + columnIn(r.Pass.To, r.Observed.Target)}, []string{"ALTER SEQUENCE " + name(s) + " OWNED BY NONE"})
		if moves(r) {
			step.Needs(sdk.Soft(sdk.After(sdk.Alter, parent(r))))
		}
	}
}

// staying returns the sequences that do not change and belong to the field of an
// operation, which is there before and after.
func staying(r *sdk.Reactor) []attrs {
	var found []attrs
	field := r.Observed.Target
	if !r.Pass.From.Has(field) || !r.Pass.To.Has(field) {
		return nil
	}
	for o := range r.Pass.From.All() {
		if o.Address.Kind() != kindName || !stays(r, o.Address) {
			continue
		}
		s, err := state.Decode[attrs](o)
		r.Fail(err)
		if s.OwnedBy != nil && s.OwnedBy.Address == field {
			found = append(found, s)
		}
	}
	return found
}

// stays reports whether a sequence is there before and after, and is the same.
func stays(r *sdk.Reactor, sequence address.Address) bool {
	was, is := r.Pass.From.Get(sequence), r.Pass.To.Get(sequence)
	return was != nil && is != nil && state.Same(was, is)
}

func parent(r *sdk.Reactor) address.Address { return r.Pass.To.Get(r.Observed.Target).Parent }

// moves reports whether the table of a field gets another name.
func moves(r *sdk.Reactor) bool {
	was, _ := sdk.Table(r.Pass.From.Get(parent(r)))
	is, _ := sdk.Table(r.Pass.To.Get(parent(r)))
	return was != is
}

// columnIn returns the column of a field in a state, with its table.
func columnIn(s *sdk.State, field address.Address) string {
	o := s.Get(field)
	table, _ := sdk.Table(s.Get(o.Parent)) // both are there, and what they are
	column, _ := sdk.Column(o)
	return table + "." + column
}
