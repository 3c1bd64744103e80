package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// alike judges two fields by their types. In a join model that is written now and
// was not, or the other way round, fields have other names for the same columns.
func alike(w *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	switch {
	case adopted(w.From.Get(before.Parent), w.To.Get(after.Parent)) && sameColumn(w, before, after):
		return detect.Equal
	case sameValues(w, before, after):
		return detect.Alike
	}
	return detect.Different
}

// adopted reports whether of two models one stands by itself and one is the join
// model of a many_to_many.
func adopted(before, after *sdk.Object) bool {
	return before != nil && after != nil && before.Parent.IsZero() != after.Parent.IsZero()
}

func sameColumn(w *sdk.Work, before, after *sdk.Object) bool {
	was, is := sdk.AttrsOf[model.Field](w, before), sdk.AttrsOf[model.Field](w, after)
	return was.Column != "" && was.Column == is.Column
}

// sameValues reports whether the values of a field could be those of another.
func sameValues(w *sdk.Work, before, after *sdk.Object) bool {
	was, is := sdk.AttrsOf[model.Field](w, before), sdk.AttrsOf[model.Field](w, after)
	if column.IsMany(was) || column.IsMany(is) {
		return column.IsMany(was) && column.IsMany(is) && was.Relation.Target == is.Relation.Target
	}
	if sdk.Same(was.Type, is.Type) {
		return true
	}
	from, to := column.TypeOf(w.From, was), column.TypeOf(w.To, is)
	return from.Assigns(to) || to.Assigns(from)
}
