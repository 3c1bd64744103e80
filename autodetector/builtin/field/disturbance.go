package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// disturbances are what others notice of a change in place while it is made.
func (x fields) disturbances(r retyping, after *sdk.Object) []sdk.Hazard {
	list := r.key.reads(r.to, r.retype)
	if r.rewrites() {
		return append(list, operation.Rewrite(after.Address, r.to.Table))
	}
	if r.retype && r.from.Type.Reindexes(r.to.Type) && x.keeps(r, isKey) {
		list = append(list, operation.Build(after.Address, r.to.Table, operation.EveryoneWait))
	}
	if r.from.Requires(r.to) || r.retype && x.keeps(r, isCheck) {
		list = append(list, operation.Scan(after.Address, r.to.Table, operation.EveryoneWait))
	}
	return list
}

// added: what is no constant is written into every row.
func (x fields) added(c column.Column) []sdk.Hazard {
	if o := x.To.Get(c.Address); o == nil || !x.From.Has(o.Parent) || !c.RewritesAdded(x.To, x.Answer(oneOffDefault, c.Address)) {
		return nil
	}
	return []sdk.Hazard{operation.Rewrite(c.Address, c.Table)}
}

// keeps reports whether something of a sort is there before and after, and refers to
// the column in a way that does not have it make way.
func (x fields) keeps(r retyping, sort func(*sdk.Work, *sdk.Object) bool) bool {
	for _, o := range x.Pass.To.Dependents(r.to.Address) {
		before := x.From.Get(o.Address)
		if before != nil && state.Same(before, o) && !o.Ref(r.to.Address).Has(r.aspects()) && sort(x.Work, o) {
			return true
		}
	}
	return false
}

// isKey reports whether an object has an index.
func isKey(w *sdk.Work, o *sdk.Object) bool {
	switch o.Address.Kind() {
	case model.IndexKind:
		return true
	case model.ConstraintKind:
		t := sdk.AttrsOf[model.Constraint](w, o).Type
		return t != model.Check && t != model.ForeignKey
	}
	return false
}

// isCheck reports whether an object is a condition, which PostgreSQL holds against
// each row once more where it stays.
func isCheck(w *sdk.Work, o *sdk.Object) bool {
	return o.Address.Kind() == model.ConstraintKind && sdk.AttrsOf[model.Constraint](w, o).Type == model.Check
}
