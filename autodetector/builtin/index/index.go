// Package index is the kind of indexes that are no constraints: what CREATE INDEX
// makes. An index that only gets another name is renamed; PostgreSQL changes
// nothing else about one, so what differs otherwise is dropped and made again.
package index

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of indexes. One with another label is the same index
// if nothing but the name differs.
func Kind() sdk.Detector {
	const doc = "indexes that are no constraints"
	kind := sdk.Kind{
		Name: model.IndexKind, Doc: doc, Part: true,
		Naming: []string{"name"}, Likeness: detect.Sure,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return indexes{w} }), sdk.Consumes(usertype.Facts()...))
}

// indexes owns the indexes of a pass.
type indexes struct{ *sdk.Work }

// Create makes an index, which takes its time where the table has rows already.
func (x indexes) Create(o *sdk.Object) {
	index := sdk.AttrsOf[model.Index](x.Work, o)
	if index.Unique && index.Partition == nil {
		partitioning.Keyed(x.Work, o, fields(index))
	}
	x.Emit(x.To.Managed(o), x.creation(o))
}

func (x indexes) creation(o *sdk.Object) sdk.Operation {
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, o)...), operation.SQL(drop(x.To, o, ""))
	op.Takes = x.Names(x.To, o)
	if x.From.Has(o.Parent) {
		op.Hazard = []sdk.Hazard{x.build(x.To, o, operation.WritersWait)}
		op.Online = x.built(o)
	}
	return op
}

func (x indexes) build(at sdk.Moment, o *sdk.Object, wait operation.Wait) sdk.Hazard {
	return operation.Build(o.Address, partitioning.SQLTable(at, o, sdk.AttrsOf[model.Index](x.Work, o).Partition), wait)
}

// fields returns those that an index is over.
func fields(index model.Index) []address.Ref {
	var list []address.Ref
	for _, key := range index.Keys {
		if key.Value.Kind == expression.Field {
			list = append(list, key.Value.Path[0])
		}
	}
	return list
}

// Drop takes an index away.
func (x indexes) Drop(o *sdk.Object) { x.Emit(x.From.Managed(o), x.removal(o)) }

func (x indexes) removal(o *sdk.Object) sdk.Operation {
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o, "")), operation.SQL(create(x.From, o)...)
	op.Frees = x.Names(x.From, o)
	if x.To.Has(o.Parent) {
		op.Online = x.dropped(o)
	}
	return op
}

// Alter renames an index, or makes it anew.
func (x indexes) Alter(before, after *sdk.Object, replace bool) {
	was, is := sdk.AttrsOf[model.Index](x.Work, before), sdk.AttrsOf[model.Index](x.Work, after)
	switch changed := !sdk.SameBut(x.follow(before), after, "name", "comment", "storage", "tablespace"); {
	case changed && !replace && x.swaps(before, after):
		x.Replace(swapped{x, before}, before, after)
		return
	case changed || replace:
		x.Replace(x, before, after)
		return
	}
	op := sdk.Alteration(after)
	forth, back := tune(schema(x.To, after), was, is), tune(schema(x.To, after), is, was)
	if was.Name == is.Name { // else values that it names have other names
		op.Up, op.Down = operation.SQL(forth...), operation.SQL(back...)
		x.Emit(x.To.Managed(after) && x.From.Managed(before), op)
		return
	}
	op.Summary += ": rename to " + is.Name
	was.Name = is.Name
	back = tune(schema(x.To, after), is, was)
	op.Up = operation.SQL(append([]string{rename(x.To, after, sdk.AttrsOf[model.Index](x.Work, before).Name, is.Name)}, forth...)...)
	op.Down = operation.SQL(append(back, rename(x.To, after, is.Name, sdk.AttrsOf[model.Index](x.Work, before).Name))...)
	sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
	op.Touches = sdk.Touching(after.Address, state.Name)
	x.Emit(x.To.Managed(after) && x.From.Managed(before), op)
}

// follow returns an index with the new names of values in its expressions.
func (x indexes) follow(before *sdk.Object) *sdk.Object {
	index, r := sdk.AttrsOf[model.Index](x.Work, before), usertype.NewRenaming(x.Work)
	index.Where, index.Keys = r.In(index.Where), r.Keys(index.Keys)
	return x.With(before, index)
}

// Names is the name that an index has among the relations of its schema.
func (x indexes) Names(at sdk.Moment, o *sdk.Object) []string {
	return []string{operation.Name("relation", schema(at, o), sdk.AttrsOf[model.Index](x.Work, o).Name)}
}

// Aside gives an index another name.
func (x indexes) Aside(before, _ *sdk.Object) *sdk.Object {
	index := sdk.AttrsOf[model.Index](x.Work, before)
	index.Name = sdk.Spare(index.Name)
	return x.With(before, index)
}
