package builtin

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Likeness is how alike an object that goes and one that comes are.
type Likeness int

// The likenesses.
const (
	Different Likeness = iota // one is dropped, the other is new
	Alike                     // the new one may be the old one renamed; only the user can tell
	Equal                     // only the name differs
)

// Match judges whether an object of from has become an object of to: both of one
// kind under one parent (or a model by itself and a join model), with the renames
// of their parents made in from. Kinds that are not built in are Different. It is
// safe for concurrent use.
func Match(before, after *state.Object, from, to *state.State) Likeness {
	w := newWork(detect.Pass{From: from, To: to})
	likeness := w.match(before, after)
	if w.err != nil || before.Address.Kind() != after.Address.Kind() {
		return Different // attributes that cannot be read are reported by their owner
	}
	return likeness
}

func (w *work) match(before, after *state.Object) Likeness {
	switch before.Address.Kind() {
	case model.FieldKind:
		if w.adopted(w.pass.From.Get(before.Parent), w.pass.To.Get(after.Parent)) && w.sameColumn(before, after) {
			return Equal
		}
		return alikeIf(w.likeFields(before, after))
	case model.ModelKind:
		if before.Parent.IsZero() != after.Parent.IsZero() {
			return w.matchTables(before, after)
		}
		return alikeIf(w.likeModels(before, after))
	case model.EnumKind:
		return alikeIf(slices.Equal(decode[model.Enum](w, before).Values, decode[model.Enum](w, after).Values))
	case model.DomainKind:
		return alikeIf(sameBut(before, after, "name", "schema", "comment"))
	case model.IndexKind, model.ConstraintKind:
		if sameBut(before, after, "name") {
			return Equal
		}
	}
	return Different
}

func alikeIf(alike bool) Likeness {
	if alike {
		return Alike
	}
	return Different
}

// likeFields reports whether the values of a field could be those of another.
func (w *work) likeFields(before, after *state.Object) bool {
	was, is := decode[model.Field](w, before), decode[model.Field](w, after)
	if isMany(was) || isMany(is) {
		return isMany(was) && isMany(is) && was.Relation.Target == is.Relation.Target
	}
	if same(was.Type, is.Type) {
		return true
	}
	from, to := w.from.columnType(was), w.to.columnType(is)
	return assigns(from, to) || assigns(to, from)
}

func assigns(from, to columnType) bool {
	if from.dimensions != to.dimensions {
		return from.dimensions > 0 && to.dimensions == 0 && isText(to.base)
	}
	return castBetween(from.base, to.base) == assignment
}

// likeModels reports whether two models have the same fields, or so many of the
// same that one may be the other with some of its fields changed: at least half
// of those that the user wrote in the larger one.
func (w *work) likeModels(before, after *state.Object) bool {
	was, is := w.pass.From.Children(before.Address, model.FieldKind), w.pass.To.Children(after.Address, model.FieldKind)
	shared, numbered := 0, 0
	for _, old := range was {
		i := slices.IndexFunc(is, func(o *state.Object) bool { return o.Address.Name() == old.Address.Name() })
		if i < 0 || !w.sameType(old, is[i], before.Address, after.Address) {
			continue
		}
		shared++
		if old.Address.Name() == "id" || decode[model.Field](w, old).Identity != "" {
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
func (w *work) sameType(a, b *state.Object, old, renamed address.Address) bool {
	was, is := decode[model.Field](w, a), decode[model.Field](w, b)
	if (was.Relation == nil) != (is.Relation == nil) || !same(was.Type, is.Type) {
		return false
	}
	if was.Relation == nil {
		return true
	}
	from, to := was.Relation.Target.Address, is.Relation.Target.Address
	return was.Relation.Many == is.Relation.Many && (from == to || from == old && to == renamed || w.mayBecome(from, to))
}

// mayBecome reports whether a model is gone and another one new, so that one may
// be the other renamed in the same step.
func (w *work) mayBecome(from, to address.Address) bool {
	return !w.pass.To.Has(from) && !w.pass.From.Has(to)
}

// matchTables compares a model that stands by itself with the join model of a
// many_to_many: with one table they are one.
func (w *work) matchTables(before, after *state.Object) Likeness {
	was, is := decode[model.Model](w, before), decode[model.Model](w, after)
	if was.Schema == is.Schema && was.Table == is.Table {
		return Equal
	}
	return Different
}

// adopted reports whether a join model is written now and was not, or the other
// way round. Its fields have other names then.
func (w *work) adopted(before, after *state.Object) bool {
	return before != nil && after != nil && before.Parent.IsZero() != after.Parent.IsZero()
}

func (w *work) sameColumn(before, after *state.Object) bool {
	was, is := decode[model.Field](w, before), decode[model.Field](w, after)
	return was.Column != "" && was.Column == is.Column
}
