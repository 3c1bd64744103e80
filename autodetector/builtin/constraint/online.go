package constraint

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// added returns how a constraint is added to a table in use: it counts for what is
// written from then on, and is held against the rows that are there afterwards. The
// index of a key is built first. PostgreSQL has no other way for an exclusion
// constraint.
func (x constraints) added(o *sdk.Object) []sdk.Operation {
	switch c := attrs(x.Work, o); {
	case x.divided(x.To, o, c), c.Type == model.Exclude:
		return nil
	case hasIndex(c):
		return x.keyed(o)
	}
	unread := x.unread(o)
	op := sdk.Creation(unread)
	op.Summary += ": not valid"
	op.Up, op.Down = operation.SQL(commented(x.To, unread)...), operation.SQL(drop(x.To, o))
	return []sdk.Operation{op, x.validation(x.To, sdk.Alteration(o), o)}
}

// dropped returns how a constraint is dropped on a table in use: forth that is a moment,
// on the way back it is added as a new one is.
func (x constraints) dropped(o *sdk.Object) []sdk.Operation {
	switch c := attrs(x.Work, o); {
	case x.divided(x.From, o, c), c.Type == model.Exclude, c.NotValid:
		return nil
	case hasIndex(c):
		return x.unkeyed(o)
	}
	back := x.validation(x.From, sdk.Stage(o, ""), o)
	back.Summary += " on the way back"
	back.Up, back.Down, back.Hazard[0].Down, back.Transaction = nil, back.Up, true, operation.Outside
	back.Hazard = append(back.Hazard, x.unkept(o))
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o)), operation.SQL(commented(x.From, x.unread(o))...)
	return []sdk.Operation{back, op}
}

// validated returns how a constraint that only has to become valid is held against the
// rows of a table in use.
func (x constraints) validated(op sdk.Operation, o *sdk.Object) []sdk.Operation {
	read := x.validation(x.To, op, o)
	read.Up, read.Summary = op.Up, op.Summary
	return []sdk.Operation{read}
}

// validation makes an operation the one that holds a constraint against the rows.
func (x constraints) validation(at sdk.Moment, op sdk.Operation, o *sdk.Object) sdk.Operation {
	c := attrs(x.Work, o)
	op.Summary = sdk.Alteration(o).Summary + ": validate"
	op.Up = operation.SQL("ALTER TABLE " + table(at, o) + " VALIDATE CONSTRAINT " + address.Quote(c.Name))
	op.Transaction = operation.Committed
	op.Locks = []sdk.Lock{{Object: o.Parent, Mode: sdk.ShareUpdateExclusive}}
	if c.Target != nil && c.Target.Address != o.Parent {
		op.Locks = append(op.Locks, sdk.Lock{Object: c.Target.Address, Mode: sdk.RowShare})
	}
	op.Hazard = []sdk.Hazard{x.read(at, o, operation.NobodyWaits)}
	return op
}

// unread returns a constraint that is not held against the rows that are there.
func (x constraints) unread(o *sdk.Object) *sdk.Object {
	c := attrs(x.Work, o)
	c.NotValid = true
	return x.With(o, c)
}

// divided reports whether a table has partitions and the constraint cannot be added to
// it in parts.
func (x constraints) divided(at sdk.Moment, o *sdk.Object, c model.Constraint) bool {
	return c.Partition == nil && at.Model(o.Parent).PartitionBy != nil && c.Type != model.Check
}
