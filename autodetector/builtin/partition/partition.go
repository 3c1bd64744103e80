// Package partition is the kind of partitions: tables that have some of the rows of
// another one. They hold rows, so they are never made anew: one whose bounds change is
// detached and attached again, which PostgreSQL refuses where rows do not fit.
package partition

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "partition"

// Kind returns the detector of partitions. One with another label and the same bounds
// is the same.
func Kind() sdk.Detector {
	const doc = "partitions of tables"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Sure}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Reads(kindName, model.IndexKind, model.ConstraintKind),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return partitions{w} }), sdk.Blocks(block()))
}

// partitions owns the partitions of a pass.
type partitions struct{ *sdk.Work }

func (x partitions) attrs(o *sdk.Object) part { return sdk.AttrsOf[part](x.Work, o) }

// by returns by what the table that a partition is of is divided.
func (x partitions) by(at sdk.Moment, o *sdk.Object) expression.Node {
	if by := at.Model(o.Parent).PartitionBy; by != nil {
		return *by
	}
	return expression.Node{}
}

// Create makes a partition.
func (x partitions) Create(o *sdk.Object) {
	if !x.check(o) {
		return
	}
	p := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(p.create(x.To, x.To.Table(o.Parent), x.by(x.To, o))...), operation.SQL(p.drop()...)
	op.Takes = append(p.keys(), places(o))
	op.Hazard = append(x.rest(o), rowsLost(o, p, true))
	x.Emit(x.To.Managed(o), op)
}

// rest is the default partition that is there already, if there is one: it is read for
// rows that another one would have.
func (x partitions) rest(o *sdk.Object) []sdk.Hazard {
	for _, other := range x.Pass.From.Children(o.Parent, kindName) {
		if p := x.attrs(other); p.Default && other.Address != o.Address && x.To.Has(other.Address) && p.By == nil {
			return []sdk.Hazard{operation.Scan(o.Address, x.attrs(x.To.Find(other.Address)).table(), operation.EveryoneWait)}
		}
	}
	return nil
}

// Drop takes a partition away with its rows.
func (x partitions) Drop(o *sdk.Object) {
	p := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(p.drop()...), operation.SQL(p.create(x.From, x.From.Table(o.Parent), x.by(x.From, o))...)
	op.Frees = append(p.keys(), places(o))
	op.Hazard = []sdk.Hazard{rowsLost(o, p, false)}
	x.Emit(x.From.Managed(o), op)
}

// Alter renames a partition, and detaches and attaches one with other bounds. It is
// never made again for the sake of something else.
func (x partitions) Alter(before, after *sdk.Object, _ bool) {
	if !x.check(after) || state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	if name := divided(was, is); name != "" {
		partitioning.Fixed(x.Work, after, fmt.Sprintf("partition %q would be partitioned otherwise than it is", name))
		return
	}
	c := x.change(after, was, is)
	managed := x.To.Managed(after) && x.From.Managed(before)
	op := sdk.Alteration(after)
	if was.table() != is.table() {
		op.Summary += ": rename to " + is.table()
	}
	sdk.Claim(&op, was.keys(), is.keys())
	op.Up, op.Down = operation.SQL(c.first...), operation.SQL(c.firstBack...)
	op.Hazard = c.lost
	if len(c.second) > 0 {
		op.Frees = append(op.Frees, places(after))
	}
	x.Emit(managed, op)
	if len(c.second) == 0 {
		return
	}
	attach := sdk.Operation{Kind: "alter_" + kindName, Target: after.Address, Summary: "alter " + kindName + " " + after.Address.Path() + ": other bounds"}
	attach.Up, attach.Down = operation.SQL(c.second...), operation.SQL(c.secondBack...)
	attach.Takes, attach.Hazard = []string{places(after)}, c.moved
	attach.Needs = []sdk.Need{sdk.Soft(sdk.After(sdk.Alter, after.Address))}
	x.Emit(managed, attach)
}

// places is what the partitions of a table share: one leaves its place before another
// one takes it.
func places(o *sdk.Object) string { return sdk.Name("partitions", o.Parent.Path()) }

// rowsLost is the hazard that the rows of a partition go with it.
func rowsLost(o *sdk.Object, p part, down bool) sdk.Hazard {
	return sdk.Hazard{
		Code: operation.DataLoss, Object: o.Address, Down: down, Text: "the rows of " + p.table() + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + p.table() + ")",
	}
}

// Names are those of the partition and of those in it.
func (x partitions) Names(_ sdk.Moment, o *sdk.Object) []string { return x.attrs(o).keys() }

// Aside gives a partition another name.
func (x partitions) Aside(before, _ *sdk.Object) *sdk.Object {
	p := x.attrs(before)
	p.Name = sdk.Spare(p.Name)
	return x.With(before, p)
}
