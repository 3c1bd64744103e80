// Package sqlobject is the kind of objects that are written by hand: a statement that
// makes one and a statement that takes it away. The names in them are followed; when
// the statement that makes it is another one, the object is made anew.
package sqlobject

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "sql_object"

// attrs are the attributes of an object that is written by hand.
type attrs struct {
	Create sdk.Text      `json:"create"`
	Drop   sdk.Text      `json:"drop"`
	Needs  []address.Ref `json:"needs,omitempty"`
}

// Kind returns the detector of objects that are written by hand.
func Kind() sdk.Detector {
	const doc = "objects that are written by hand"
	kind := sdk.Kind{Name: kindName, Doc: doc, Likeness: detect.Sure}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return objects{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL))
}

func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "an object of any kind, by hand", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "create", Type: detect.TypeSQL, SQL: detect.SQLStatement, Required: true, Example: `sql("create cast ...")`, Doc: "The statement that makes it"},
			{Name: "drop", Type: detect.TypeSQL, SQL: detect.SQLStatement, Required: true, Example: `sql("drop cast ...")`, Doc: "The statement that takes it away"},
			{Name: "needs", Type: detect.TypeRefs, Kinds: needed, Example: "[NAME]", Doc: "What has to be there before it, besides what the statements name"},
		}},
	}
}

// needed are the kinds that something written by hand can need.
var needed = []string{
	model.ModelKind, model.EnumKind, model.DomainKind, model.CompositeKind, model.RangeKind, "sequence", "function", "procedure", "aggregate", "view",
	"materialized_view", kindName,
}

// objects owns what is written by hand.
type objects struct{ *sdk.Work }

func (x objects) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes an object.
func (x objects) Create(o *sdk.Object) {
	a := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(x.To.Text(a.Create)), operation.SQL(x.To.Text(a.Drop))
	x.Emit(true, op)
}

// Drop takes an object away.
func (x objects) Drop(o *sdk.Object) {
	a := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(x.From.Text(a.Drop)), operation.SQL(x.From.Text(a.Create))
	x.Emit(true, op)
}

// Alter makes an object anew, unless only the statement that takes it away is another
// one.
func (x objects) Alter(before, after *sdk.Object, replace bool) {
	switch was, is := x.attrs(before), x.attrs(after); {
	case replace || !sdk.Same(was.Create, is.Create):
		x.Replace(x, before, after)
	case !state.Same(before, after):
		x.Emit(true, sdk.Alteration(after))
	}
}

// Names are not known: they stand in the statement.
func (x objects) Names(sdk.Moment, *sdk.Object) []string { return nil }

// Aside leaves an object as it is: it has no name that could be in the way.
func (x objects) Aside(before, _ *sdk.Object) *sdk.Object { return before }
