package builtin

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// models owns tables. Their columns and constraints are other owners' work and
// become clauses of CREATE TABLE when the plan is reduced.
type models struct{ *work }

func (x models) create(o *state.Object) {
	op := creation(o)
	op.Up, op.Down = x.to.createTable(o), x.to.dropTable(o)
	op.Takes = tableNames(decode[model.Model](x.work, o))
	op.Hazard = []operation.Hazard{x.to.rowsLost(o, true)}
	x.emit(x.managed(x.pass.To, o), op)
}

func (x models) drop(o *state.Object) {
	op := removal(o)
	op.Up, op.Down = x.from.dropTable(o), x.from.createTable(o)
	op.Frees = tableNames(decode[model.Model](x.work, o))
	op.Hazard = []operation.Hazard{x.from.rowsLost(o, false)}
	x.emit(x.managed(x.pass.From, o), op)
}

// alter renames or moves a table and changes its comment. A table is never made
// again for the sake of something else.
func (x models) alter(before, after *state.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := decode[model.Model](x.work, before), decode[model.Model](x.work, after)
	op := alteration(after)
	op.Up, op.Down = alterTable(was, is), alterTable(is, was)
	if was.Schema != is.Schema || was.Table != is.Table {
		op.Summary += ": rename to " + address.Qualify(is.Schema, is.Table)
		exchange(&op, tableNames(was), tableNames(is))
		op.Touches = touch(after.Address, state.Name)
	}
	x.emit(!was.Unmanaged && !is.Unmanaged, op)
}

func alterTable(from, to model.Model) []operation.Statement {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER TABLE "+address.Qualify(from.Schema, from.Table)+" SET SCHEMA "+address.Quote(to.Schema))
	}
	if from.Table != to.Table {
		texts = append(texts, "ALTER TABLE "+address.Qualify(to.Schema, from.Table)+" RENAME TO "+address.Quote(to.Table))
	}
	if from.Comment != to.Comment {
		texts = append(texts, comment("TABLE "+address.Qualify(to.Schema, to.Table), to.Comment))
	}
	return operation.SQL(texts...)
}

func (v view) createTable(o *state.Object) []operation.Statement {
	m := decode[model.Model](v.work, o)
	table := address.Qualify(m.Schema, m.Table)
	statements := []operation.Statement{{SQL: "CREATE TABLE " + table, Table: true}}
	if m.Comment != "" {
		statements = append(statements, operation.SQL(comment("TABLE "+table, m.Comment))...)
	}
	return statements
}

func (v view) dropTable(o *state.Object) []operation.Statement {
	return operation.SQL("DROP TABLE " + v.table(o.Address))
}

func (v view) rowsLost(o *state.Object, down bool) operation.Hazard {
	table := v.table(o.Address)
	return operation.Hazard{
		Code: operation.DataLoss, Object: o.Address, Down: down,
		Text:  "the rows of " + table + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + table + ")",
	}
}

// tableNames are the names that a table has in the database: its own and that of
// its row type.
func tableNames(m model.Model) []string {
	return []string{operation.Name("relation", m.Schema, m.Table), operation.Name("type", m.Schema, m.Table)}
}
