package field

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// becomeColumn adds the column of a field that had none.
func (x fields) becomeColumn(op sdk.Operation, c column.Column, managed bool) {
	once, ok := x.once(c, managed)
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.Add(once)...), operation.SQL(c.Drop())
	op.Takes, op.Hazard, op.Touches = names(c), append(created(c, once), x.added(c)...), sdk.Touching(c.Address, sdk.Everything)
	op.Summary += ": becomes a column"
	x.Emit(managed, op)
}

// becomeMany drops the column of a field that has none any more.
func (x fields) becomeMany(op *sdk.Operation, c column.Column) {
	op.Up, op.Down = operation.SQL(c.Drop()), operation.SQL(c.Add("")...)
	op.Frees, op.Hazard, op.Touches = names(c), append(dropped(c), x.vacated(c)...), sdk.Touching(c.Address, sdk.Everything)
	op.Summary += ": becomes many_to_many"
}

// remakes reports whether PostgreSQL has no way to change what a column is
// computed from.
func remakes(before, after *sdk.Object, from, to column.Column) bool {
	if from.Generated == "" && to.Generated == "" {
		return false
	}
	return !sdk.SameBut(before, after, "column", "comment", "compression", "null", "relation", "statistics", "storage")
}

// remake drops a column and adds it again. A column that is computed no longer
// keeps its values.
func (x fields) remake(op *sdk.Operation, before, after *sdk.Object, from, to column.Column, c conversion) {
	op.Up, op.Down = recompute(from, to, c.using), recompute(to, from, "")
	op.Touches = sdk.Touching(to.Address, sdk.Everything)
	sdk.Claim(op, names(from), names(to))
	if to.Generated == "" {
		stays := staying(from, to, c.using)
		op.Summary += ": no longer generated" + strings.Replace(stays.summary(), ":", ",", 1)
		op.Hazard = append(x.uncomputed(before, from, to), x.disturbances(stays, after)...)
		return
	}
	op.Summary += ": generated"
	op.Hazard = dropped(from)
	if !to.Field.Virtual {
		op.Hazard = append(op.Hazard, operation.Rewrite(to.Address, to.Table))
	}
}

func recompute(from, to column.Column, using string) []operation.Statement {
	if to.Generated == "" {
		renamed := from
		renamed.Table = to.Table
		return append(operation.SQL(append(store(renamed), renamed.Alter("DROP EXPRESSION"))...), staying(from, to, using).statements()...)
	}
	old := from
	old.Table = to.Table
	return operation.SQL(append([]string{old.Drop()}, to.Add("")...)...)
}

// store returns the statements that make a virtual column a stored one: the other kind
// has no values that could stay.
func store(c column.Column) []string {
	if !c.Field.Virtual {
		return nil
	}
	c.Field.Virtual = false
	return append([]string{c.Drop()}, c.Add("")...)
}

// staying returns what is to be done about a column that is computed no longer.
func staying(from, to column.Column, using string) retyping {
	plain := from
	plain.Generated, plain.Field.Generated = "", nil
	return retyping{from: plain, to: to, retype: retypes(from, to), using: using}
}

// retypes reports whether the type or collation differs.
func retypes(from, to column.Column) bool {
	return !sdk.Same(from.Field.Type, to.Field.Type) || from.Field.Collate != to.Field.Collate
}
