package model

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// alike judges two models by their fields, and a model that stands by itself and
// the join model of a many_to_many by their table: with one table they are one. They may
// be one if they lead to the same models.
func alike(w *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if before.Parent.IsZero() == after.Parent.IsZero() {
		if sameFields(w, before, after) {
			return detect.Alike
		}
		return detect.Different
	}
	if table(sdk.AttrsOf[model.Model](w, before)) == table(sdk.AttrsOf[model.Model](w, after)) {
		return detect.Equal
	}
	if old, now := targets(w, w.Pass.From, before), targets(w, w.Pass.To, after); contains(old, now) || contains(now, old) {
		return detect.Alike
	}
	return detect.Different
}

// sameFields reports whether two models have the same fields, or so many of the
// same that one may be the other with some of its fields changed: at least half
// of those that the user wrote in the larger one.
func sameFields(w *sdk.Work, before, after *sdk.Object) bool {
	was, is := w.Pass.From.Children(before.Address, model.FieldKind), w.Pass.To.Children(after.Address, model.FieldKind)
	shared, numbered := 0, 0
	for _, old := range was {
		i := slices.IndexFunc(is, func(o *sdk.Object) bool { return o.Address.Name() == old.Address.Name() })
		if i < 0 || !sameType(w, old, is[i], before.Address, after.Address) {
			continue
		}
		shared++
		if old.Address.Name() == "id" || sdk.AttrsOf[model.Field](w, old).Identity != "" {
			numbered++ // most models have such a key
		}
	}
	if shared == len(was) && shared == len(is) {
		return true
	}
	return shared > numbered && 2*(shared-numbered) >= max(len(was), len(is))-numbered
}

// sameType compares two fields of models of which one may be the other renamed:
// what leads to the old model may lead to the new one.
func sameType(w *sdk.Work, a, b *sdk.Object, old, renamed address.Address) bool {
	was, is := sdk.AttrsOf[model.Field](w, a), sdk.AttrsOf[model.Field](w, b)
	if (was.Relation == nil) != (is.Relation == nil) || !sdk.Same(was.Type, is.Type) {
		return false
	}
	if was.Relation == nil {
		return true
	}
	from, to := was.Relation.Target.Address, is.Relation.Target.Address
	return was.Relation.Many == is.Relation.Many && (from == to || from == old && to == renamed || mayBecome(w, from, to))
}

// mayBecome reports whether a model is gone and another one new, so that one may
// be the other renamed in the same step.
func mayBecome(w *sdk.Work, from, to address.Address) bool {
	return !w.To.Has(from) && !w.From.Has(to)
}

// targets returns how often a model leads to each other one.
func targets(w *sdk.Work, at *sdk.State, o *sdk.Object) map[address.Address]int {
	count := map[address.Address]int{}
	for _, field := range at.Children(o.Address, model.FieldKind) {
		if f := sdk.AttrsOf[model.Field](w, field); f.Relation != nil && !f.Relation.Many {
			count[f.Relation.Target.Address]++
		}
	}
	return count
}

// contains reports whether a model leads wherever a join model leads.
func contains(join, other map[address.Address]int) bool {
	links := 0
	for target, n := range join {
		if links += n; other[target] < n {
			return false
		}
	}
	return links == 2
}
