// Package schema is the kind of PostgreSQL's schemas, the name spaces of tables and
// types. One has only its name, so nothing is ever altered. One that is there
// already stays somebody else's: only what we made is dropped, and only if it is
// empty.
package schema

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of schemas. One that goes never becomes another one.
func Kind() sdk.Detector {
	const doc = "schemas of PostgreSQL"
	kind := sdk.Kind{Name: model.SchemaKind, Doc: doc}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return schemas{w} }))
}

// schemas owns the schemas of a pass.
type schemas struct{ *sdk.Work }

// Create makes a schema that is not there.
func (x schemas) Create(o *sdk.Object) {
	op := sdk.Creation(o)
	op.Up, op.Down = create(o.Address.Name()), drop(o.Address.Name())
	x.Emit(true, op)
}

// Drop takes a schema away that is ours and empty.
func (x schemas) Drop(o *sdk.Object) {
	op := sdk.Removal(o)
	op.Up, op.Down = drop(o.Address.Name()), create(o.Address.Name())
	x.Emit(true, op)
}

// Alter has nothing to do in the database.
func (x schemas) Alter(before, after *sdk.Object, _ bool) {
	if !state.Same(before, after) {
		x.Emit(true, sdk.Alteration(after))
	}
}

// Names are none: the name of a schema is its address, and no two exchange it.
func (schemas) Names(sdk.Moment, *sdk.Object) []string { return nil }

// Aside leaves a schema as it is.
func (schemas) Aside(before, _ *sdk.Object) *sdk.Object { return before }
