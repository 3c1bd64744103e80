package constraint

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// PostgreSQL rests a foreign key on whichever unique index over the target's
// columns it finds first, and that index cannot be dropped then. So a foreign key
// comes after the keys that go, and goes before those that come: on the way back
// it is made again after they are gone.

// restsAfter are the needs of a constraint that is made.
func restsAfter(w *sdk.Work, o *sdk.Object) []sdk.Need {
	return keyNeeds(w, w.Pass.From, o, sdk.Need{
		Verb: operation.Drop, Soft: true, Why: "the foreign key would rest on a key that goes",
	})
}

// restsBefore are the needs of a constraint that is dropped.
func restsBefore(w *sdk.Work, o *sdk.Object) []sdk.Need {
	return keyNeeds(w, w.Pass.To, o, sdk.Need{
		Verb: operation.Create, Before: true, Soft: true, Why: "taken back, the foreign key would rest on a key that goes",
	})
}

// keyNeeds returns a need for each key of a state that a foreign key could rest on.
func keyNeeds(w *sdk.Work, s *state.State, o *sdk.Object, need sdk.Need) []sdk.Need {
	c := attrs(w, o)
	if c.Type != model.ForeignKey || c.Target == nil {
		return nil
	}
	var needs []sdk.Need
	for _, kind := range []string{model.ConstraintKind, model.IndexKind} {
		for _, key := range s.Children(c.Target.Address, kind) {
			if sameRefs(keyFields(w, key), c.TargetFields) {
				need.Object = key.Address
				needs = append(needs, need)
			}
		}
	}
	return needs
}

// keyFields returns the fields over which an object is a key that a foreign key
// can rest on, or nil.
func keyFields(w *sdk.Work, o *sdk.Object) []address.Ref {
	if o.Address.Kind() == model.IndexKind {
		return plainFields(sdk.AttrsOf[model.Index](w, o))
	}
	if c := attrs(w, o); c.Partition == nil && (c.Type == model.PrimaryKey || c.Type == model.Unique) {
		return c.Fields
	}
	return nil
}

func plainFields(index model.Index) []address.Ref {
	if !index.Unique || index.Where != nil || index.Partition != nil {
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
