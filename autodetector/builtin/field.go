package builtin

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// fields owns columns.
type fields struct{ *work }

func (x fields) create(o *state.Object) {
	c, managed := x.to.columnOf(o), x.managed(x.pass.To, o)
	op := creation(o)
	if isMany(c.field) {
		x.emit(true, op)
		return
	}
	once, ok := x.once(c, managed && x.existing(o.Parent))
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.add(once)...), operation.SQL(c.drop())
	if once == "" {
		op.Inline = inlineColumn(c, o)
	}
	op.Takes = c.names()
	op.Hazard = c.createdHazards(once)
	x.emit(managed, op)
}

func (x fields) drop(o *state.Object) {
	c := x.from.columnOf(o)
	op := removal(o)
	if isMany(c.field) {
		x.emit(true, op)
		return
	}
	op.Up, op.Down = operation.SQL(c.drop()), operation.SQL(c.add("")...)
	op.Inline = inlineColumn(c, o)
	op.Frees = c.names()
	op.Hazard = append(c.droppedHazards(), x.vacantHazards(c)...)
	x.emit(x.managed(x.pass.From, o), op)
}

// alter changes a column in place. Only a generated column can be made anew for
// the sake of something else; the type of a plain one is converted by whoever
// alters the type, so there is nothing to do then.
func (x fields) alter(before, after *state.Object, replace bool) {
	from, to := x.back(after).columnOf(before), x.to.columnOf(after)
	managed := x.managed(x.pass.From, before) && x.managed(x.pass.To, after)
	op := alteration(after)
	switch {
	case from.generated != "" && to.generated != "" && (replace || remakes(before, after, from, to)):
		x.anew(before, after)
		return
	case state.Same(before, after):
		return
	case isMany(from.field) && isMany(to.field):
	case isMany(from.field):
		x.becomeColumn(op, to, managed)
		return
	case isMany(to.field):
		op.Up, op.Down = operation.SQL(from.drop()), operation.SQL(from.add("")...)
		op.Frees, op.Hazard, op.Touches = from.names(), append(from.droppedHazards(), x.vacantHazards(from)...), touch(after.Address, everything)
		op.Summary += ": becomes many_to_many"
	case remakes(before, after, from, to):
		x.remake(&op, from, to)
	default:
		if !x.retype(&op, before, after, from, to, managed) {
			return
		}
	}
	x.emit(managed || isMany(from.field) && isMany(to.field), op)
}

// anew drops a computed column and adds it again, in two operations: one comes
// before what it was computed from changes, the other after what it is.
func (x fields) anew(before, after *state.Object) {
	x.drop(before)
	last := len(x.result.Operations) - 1
	x.result.Operations[last].Touches = touch(before.Address, everything)
	x.create(after)
}

// becomeColumn adds the column of a field that had none.
func (x fields) becomeColumn(op operation.Operation, c column, managed bool) {
	once, ok := x.once(c, managed)
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.add(once)...), operation.SQL(c.drop())
	op.Takes, op.Hazard, op.Touches = c.names(), c.createdHazards(once), touch(c.address, everything)
	op.Summary += ": becomes a column"
	x.emit(managed, op)
}

// remakes reports whether PostgreSQL has no way to change what a column is
// computed from.
func remakes(before, after *state.Object, from, to column) bool {
	if from.generated == "" && to.generated == "" {
		return false
	}
	return !sameBut(before, after, "column", "comment", "null", "relation")
}

// remake drops a column and adds it again. A column that is computed no longer
// keeps its values.
func (x fields) remake(op *operation.Operation, from, to column) {
	op.Up, op.Down = operation.SQL(recompute(from, to)...), operation.SQL(recompute(to, from)...)
	op.Touches = touch(to.address, everything)
	op.Summary += ": generated anew"
	exchange(op, from.names(), to.names())
	if from.generated == "" {
		op.Hazard = from.droppedHazards()
	}
}

func recompute(from, to column) []string {
	if to.generated == "" {
		plain := from
		plain.generated, plain.field.Generated = "", nil
		stays := retyping{from: plain, to: to, retype: !same(from.field.Type, to.field.Type) || from.field.Collate != to.field.Collate}
		renamed := from
		renamed.table = to.table
		return append([]string{renamed.alter("DROP EXPRESSION")}, stays.statements()...)
	}
	old := from
	old.table = to.table
	return append([]string{old.drop()}, to.add("")...)
}

// retype changes what can be changed in place. It is false if the user has to be
// asked first.
func (x fields) retype(op *operation.Operation, before, after *state.Object, from, to column, managed bool) bool {
	r := retyping{
		from: from, to: to,
		retype: !same(from.field.Type, to.field.Type) || from.field.Collate != to.field.Collate,
		kept:   x.keepsDefault(before, after), exchanged: x.exchanged(before, after),
	}
	if managed && from.field.Null && !to.field.Null {
		once, ok := x.fillWith(to)
		if !ok {
			return false
		}
		r.once = once
	}
	op.Up, op.Down = operation.SQL(r.statements()...), operation.SQL(r.reversed().statements()...)
	op.Summary += r.summary()
	op.Touches = r.touches()
	op.Hazard = x.hazards(r, before, after)
	exchange(op, from.names(), to.names())
	return true
}

func inlineColumn(c column, o *state.Object) *operation.Inline {
	return &operation.Inline{Clause: operation.Clause{SQL: c.definition(), Rank: o.Rank}}
}

// names are the names that a column has in the database: its own, within a table
// whatever that is called, and that of its sequence.
func (c column) names() []string {
	if c.field.Column == "" {
		return nil
	}
	names := []string{operation.Name("column", parentPath(c.address), c.field.Column)}
	if c.field.Identity != "" && c.field.Sequence != "" {
		names = append(names, operation.Name("relation", c.schema, c.field.Sequence))
	}
	return names
}
