package view

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// unfollowed reports whether a view reads columns whose names its query has as plain
// text, and that get other ones: those of another view. On the way back a replaced view
// would be there while they still have the new names, which the query from before does
// not know.
func (x views) unfollowed(o *sdk.Object) bool {
	return slices.ContainsFunc(o.Refs, func(r state.Reference) bool {
		return x.renamesColumns(r.Target)
	})
}

// exchanged reports whether a * in the same query stands for other columns than it
// stood for: those of the view have not got other names then, they are others.
func exchanged(before, after *sdk.Object, was, is attrs) bool {
	same := func(a, b state.Reference) bool { return a.Target == b.Target }
	return !sameNames(was.Columns, is.Columns) && is.Query.HasStar() && !slices.EqualFunc(before.Refs, after.Refs, same)
}

// renamesColumns reports whether columns of a view, or of whatever else has a query, get
// other names, or are others.
func (x views) renamesColumns(a address.Address) bool {
	before, after := x.columns(x.Pass.From.Get(a)), x.columns(x.Pass.To.Get(a))
	return !sameNames(before, after)
}

// columns returns the columns of the query that an object has, none if it has none.
func (x views) columns(o *sdk.Object) []model.Column {
	if o == nil || o.Address.Kind() == model.ModelKind || o.Address.Kind() == model.FieldKind {
		return nil
	}
	return sdk.AttrsOf[struct {
		Columns []model.Column `json:"columns"`
	}](x.Work, o).Columns
}

func sameNames(a, b []model.Column) bool {
	return slices.EqualFunc(a, b, func(a, b model.Column) bool { return a.Name == b.Name })
}
