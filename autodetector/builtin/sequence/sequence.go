// Package sequence is the kind of sequences. PostgreSQL alters everything about one in
// place, its name and its schema too; its position stays. A sequence that belongs to
// a column is dropped with it.
package sequence

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "sequence"

// attrs are the attributes of a sequence. What is absent is PostgreSQL's default.
type attrs struct {
	Cache     *int64       `json:"cache,omitempty"`
	Comment   string       `json:"comment,omitempty"`
	Cycle     bool         `json:"cycle,omitempty"`
	Increment *int64       `json:"increment,omitempty"`
	Max       *int64       `json:"max,omitempty"`
	Min       *int64       `json:"min,omitempty"`
	Name      string       `json:"name"`
	OwnedBy   *address.Ref `json:"owned_by,omitempty"` // a field
	Schema    string       `json:"schema"`
	Start     *int64       `json:"start,omitempty"`
	Type      string       `json:"type,omitempty"` // empty: bigint
}

// Kind returns the detector of sequences.
func Kind() sdk.Detector {
	const doc = "sequences"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return sequences{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL),
		sdk.Reaction("take_sequences_from", release, columnDrops), sdk.Reaction("give_sequences_to", restore, columnComes), sdk.Reaction("follow_table", follow, tableChanges))
}

// sequences owns the sequences of a pass.
type sequences struct{ *sdk.Work }

func (x sequences) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a sequence, and gives it to its column once that is there.
func (x sequences) Create(o *sdk.Object) {
	x.beside(o)
	s := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(s)...), operation.SQL("DROP SEQUENCE "+name(s))
	op.Takes, op.Hazard = keys(s), []sdk.Hazard{positionLost(o, s, true)}
	x.Emit(true, op)
	if s.OwnedBy != nil {
		x.own(o, free(s), s)
	}
}

// Drop takes a sequence away from its column, so that it does not go with it, and
// then from the database.
func (x sequences) Drop(o *sdk.Object) {
	s := x.attrs(o)
	if s.OwnedBy != nil {
		x.own(o, s, free(s))
	}
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP SEQUENCE "+name(s)), operation.SQL(create(s)...)
	op.Frees, op.Hazard = keys(s), []sdk.Hazard{positionLost(o, s, false)}
	x.Emit(true, op)
}

// Alter changes a sequence where it is. It is never made again for the sake of
// something else, but it has to leave a column that is.
func (x sequences) Alter(before, after *sdk.Object, replace bool) {
	x.beside(after)
	if replace && x.MustGo() || x.columnGoes(x.attrs(before), x.attrs(after)) {
		before = x.leave(before)
	}
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	if was.OwnedBy != nil && x.moves(was, is) {
		x.own(before, was, free(was))
		was = free(was)
	}
	x.alter(after, was, is)
	if !sdk.Same(was.OwnedBy, is.OwnedBy) {
		x.own(after, inPlace(was, is), is)
	}
}

// alter emits what changes a sequence but for the column that it belongs to.
func (x sequences) alter(after *sdk.Object, was, is attrs) {
	op := sdk.Alteration(after)
	up, down := move(was, is), move(is, was)
	if len(up) > 0 {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is)
	}
	if turns(was, is) {
		op.Hazard = []sdk.Hazard{positionLost(after, was, false), positionLost(after, is, true)}
	}
	op.Up = operation.SQL(append(up, alter(was, is)...)...)
	op.Down = operation.SQL(append(alter(is, inPlace(was, is)), down...)...)
	x.Emit(true, op)
}

// inPlace returns a sequence under the name that it has got.
func inPlace(was, is attrs) attrs {
	was.Schema, was.Name = is.Schema, is.Name
	return was
}

// Names is the name among the relations of a schema.
func (x sequences) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a sequence another name.
func (x sequences) Aside(before, _ *sdk.Object) *sdk.Object {
	s := x.attrs(before)
	s.Name = sdk.Spare(s.Name)
	return x.With(before, s)
}
