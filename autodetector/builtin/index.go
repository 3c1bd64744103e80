package builtin

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// indexes owns the indexes that are no constraints.
type indexes struct{ *work }

func (x indexes) create(o *state.Object) {
	op := creation(o)
	op.Up, op.Down = operation.SQL(x.to.createIndex(o)), operation.SQL(x.to.dropIndex(o))
	op.Takes = x.to.indexName(o)
	if x.existing(o.Parent) {
		op.Hazard = []operation.Hazard{indexBuild(o.Address, x.to.table(o.Parent))}
	}
	x.emit(x.managed(x.pass.To, o), op)
}

func (x indexes) drop(o *state.Object) {
	op := removal(o)
	op.Up, op.Down = operation.SQL(x.from.dropIndex(o)), operation.SQL(x.from.createIndex(o))
	op.Frees = x.from.indexName(o)
	x.emit(x.managed(x.pass.From, o), op)
}

func (x indexes) alter(before, after *state.Object, replace bool) {
	was, is := decode[model.Index](x.work, before), decode[model.Index](x.work, after)
	if replace || !sameBut(before, after, "name") {
		x.replace(before, after)
		return
	}
	op := alteration(after)
	op.Summary += ": rename to " + is.Name
	op.Up = operation.SQL(x.to.renameIndex(after, was.Name, is.Name))
	op.Down = operation.SQL(x.to.renameIndex(after, is.Name, was.Name))
	exchange(&op, x.from.indexName(before), x.to.indexName(after))
	op.Touches = touch(after.Address, state.Name)
	x.emit(x.managed(x.pass.To, after) && x.managed(x.pass.From, before), op)
}

func (x indexes) replace(before, after *state.Object) {
	x.drop(before)
	last := len(x.result.Operations) - 1
	x.result.Operations[last].Touches = touch(before.Address, everything)
	x.create(after)
}

func (v view) createIndex(o *state.Object) string {
	index := decode[model.Index](v.work, o)
	var b strings.Builder
	b.WriteString("CREATE ")
	if index.Unique {
		b.WriteString("UNIQUE ")
	}
	b.WriteString("INDEX " + address.Quote(index.Name) + " ON " + v.table(o.Parent))
	if index.Method != "" {
		b.WriteString(" USING " + address.Quote(index.Method))
	}
	b.WriteString(" (" + v.keys(index.Keys) + ")")
	if len(index.Include) > 0 {
		b.WriteString(" INCLUDE (" + v.columns(index.Include) + ")")
	}
	if index.NullsNotDistinct {
		b.WriteString(" NULLS NOT DISTINCT")
	}
	if index.Where != nil {
		b.WriteString(" WHERE " + v.expression(*index.Where))
	}
	return b.String()
}

func (v view) dropIndex(o *state.Object) string {
	index := decode[model.Index](v.work, o)
	return "DROP INDEX " + address.Qualify(v.model(o.Parent).Schema, index.Name)
}

func (v view) renameIndex(o *state.Object, from, to string) string {
	return "ALTER INDEX " + address.Qualify(v.model(o.Parent).Schema, from) + " RENAME TO " + address.Quote(to)
}

// indexName is the name that an index has among the relations of its schema.
func (v view) indexName(o *state.Object) []string {
	return []string{operation.Name("relation", v.model(o.Parent).Schema, decode[model.Index](v.work, o).Name)}
}

func indexBuild(a address.Address, table string) operation.Hazard {
	return operation.Hazard{
		Code: "index_build", Object: a,
		Text: "an index is built over the rows of " + table + "; writers wait until it is done",
	}
}
