package index

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// built returns how an index is made while its table is in use. PostgreSQL knows no
// other way for one of all partitions.
func (x indexes) built(o *sdk.Object) []sdk.Operation {
	index := sdk.AttrsOf[model.Index](x.Work, o)
	if x.divided(x.To, o, index) {
		return nil
	}
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(definition(x.To, o, index, concurrently)), operation.SQL(drop(x.To, o, concurrently))
	x.quiet(&op, x.To, o)
	if index.Comment == "" {
		return []sdk.Operation{op}
	}
	said := sdk.Stage(o, "comment")
	said.Transaction, said.Joined = operation.Committed, true
	said.Up = operation.SQL(comment(schema(x.To, o), index))
	return []sdk.Operation{op, said}
}

// dropped returns how an index is taken away while its table is in use. With a column of
// it everybody has to wait for a moment anyway.
func (x indexes) dropped(o *sdk.Object) []sdk.Operation {
	index := sdk.AttrsOf[model.Index](x.Work, o)
	if x.divided(x.From, o, index) || !x.Stays(o) {
		return nil
	}
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o, concurrently)), operation.SQL(definition(x.From, o, index, concurrently))
	x.quiet(&op, x.From, o)
	op.Hazard[0].Down = true
	if index.Comment == "" {
		return []sdk.Operation{op}
	}
	said := sdk.Stage(o, "comment on the way back")
	said.Transaction = operation.Outside
	said.Down = operation.SQL(comment(schema(x.From, o), index))
	return []sdk.Operation{said, op}
}

// quiet says of an operation that it makes or drops an index concurrently.
func (x indexes) quiet(op *sdk.Operation, at sdk.Moment, o *sdk.Object) {
	op.Transaction = operation.Outside
	op.Locks = []sdk.Lock{{Object: o.Parent, Mode: sdk.ShareUpdateExclusive}}
	op.Hazard = []sdk.Hazard{x.build(at, o, operation.NobodyWaits)}
}

// divided reports whether an index is that of a table with partitions.
func (x indexes) divided(at sdk.Moment, o *sdk.Object, index model.Index) bool {
	return index.Partition == nil && at.Model(o.Parent).PartitionBy != nil
}
