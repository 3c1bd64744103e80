package builtin

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Twin reports whether an object of from and one of to, both of one kind, differ
// in nothing but their names: models in the fields that they have, too. It is
// safe for concurrent use.
func Twin(before, after *state.Object, from, to *state.State) bool {
	w := newWork(detect.Pass{From: from, To: to})
	return before.Address.Kind() == after.Address.Kind() && w.twin(before, after)
}

func (w *work) twin(before, after *state.Object) bool {
	switch before.Address.Kind() {
	case model.FieldKind:
		return sameBut(before, after, "column", "sequence")
	case model.EnumKind, model.DomainKind:
		return sameBut(before, after, "name")
	case model.ModelKind:
		return sameBut(before, after, "table") && w.twinFields(before, after)
	}
	return false
}

func (w *work) twinFields(before, after *state.Object) bool {
	was, is := w.pass.From.Children(before.Address, model.FieldKind), w.pass.To.Children(after.Address, model.FieldKind)
	for _, o := range was {
		other := w.pass.To.Get(after.Address.Child(model.FieldKind, o.Address.Name()))
		if other == nil || !w.twin(o, other) {
			return false
		}
	}
	return len(was) == len(is)
}
