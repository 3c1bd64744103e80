package builtin

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// PostgreSQL rests a foreign key on whichever unique index over the target's
// columns it finds first, and that index cannot be dropped then. So a foreign key
// comes after the keys that go, and goes before those that come: on the way back
// it is made again after they are gone.

// restsAfter are the needs of a foreign key that is made.
func (w *work) restsAfter(c model.Constraint) []operation.Need {
	return w.keyNeeds(c, w.pass.From, operation.Need{
		Verb: operation.Drop, Soft: true, Why: "the foreign key would rest on a key that goes",
	})
}

// restsBefore are the needs of a foreign key that is dropped.
func (w *work) restsBefore(c model.Constraint) []operation.Need {
	return w.keyNeeds(c, w.pass.To, operation.Need{
		Verb: operation.Create, Before: true, Soft: true, Why: "taken back, the foreign key would rest on a key that goes",
	})
}

func (w *work) keyNeeds(c model.Constraint, s *state.State, need operation.Need) []operation.Need {
	if c.Type != model.ForeignKey || c.Target == nil {
		return nil
	}
	var needs []operation.Need
	for _, kind := range []string{model.ConstraintKind, model.IndexKind} {
		for _, o := range s.Children(c.Target.Address, kind) {
			if sameRefs(w.keyFields(o), c.TargetFields) {
				need.Object = o.Address
				needs = append(needs, need)
			}
		}
	}
	return needs
}

// keyFields returns the fields over which an object is a key that a foreign key
// can rest on, or nil.
func (w *work) keyFields(o *state.Object) []address.Ref {
	if o.Address.Kind() == model.IndexKind {
		return plainFields(decode[model.Index](w, o))
	}
	if c := decode[model.Constraint](w, o); c.Type == model.PrimaryKey || c.Type == model.Unique {
		return c.Fields
	}
	return nil
}

func plainFields(index model.Index) []address.Ref {
	if !index.Unique || index.Where != nil {
		return nil
	}
	var fields []address.Ref
	for _, key := range index.Keys {
		named := key.Value.Fields()
		if key.Value.Kind != expression.Field || len(named) != 1 {
			return nil
		}
		fields = append(fields, address.RefTo(named[0]))
	}
	return fields
}

func sameRefs(a, b []address.Ref) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	return !slices.ContainsFunc(a, func(ref address.Ref) bool { return !slices.Contains(b, ref) })
}
