package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

func table(m model.Model) string { return address.Qualify(m.Schema, m.Table) }

func create(at sdk.Moment, m model.Model) []operation.Statement {
	statements := []operation.Statement{{SQL: "CREATE TABLE " + table(m), Clauses: filled(at, m), Table: true}}
	if m.Comment != "" {
		statements = append(statements, operation.SQL(sdk.Comment("TABLE "+table(m), m.Comment))...)
	}
	return statements
}

// filled are the slots of a new table that its model fills itself.
func filled(at sdk.Moment, m model.Model) []operation.Clause {
	var clauses []operation.Clause
	fill := func(clause string) { clauses = append(clauses, operation.In(clause)) }
	if m.Unlogged {
		fill("UNLOGGED")
	}
	if m.PartitionBy != nil {
		fill(partitioning.Clause(at, *m.PartitionBy))
	}
	if len(m.Storage) > 0 {
		fill("WITH (" + strings.Join(parameters(m.Storage), ", ") + ")")
	}
	if m.Tablespace != "" {
		fill("TABLESPACE " + address.Quote(m.Tablespace))
	}
	return clauses
}

func parameters(storage map[string]string) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(storage)) {
		list = append(list, name+" = "+storage[name])
	}
	return list
}

func drop(m model.Model) []operation.Statement { return operation.SQL("DROP TABLE " + table(m)) }

func alter(from, to model.Model) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER TABLE "+table(from)+" SET SCHEMA "+address.Quote(to.Schema))
	}
	if from.Table != to.Table {
		texts = append(texts, "ALTER TABLE "+address.Qualify(to.Schema, from.Table)+" RENAME TO "+address.Quote(to.Table))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("TABLE "+table(to), to.Comment))
	}
	return append(texts, tune(from, to)...)
}

// tune returns the statements that have a table stored in another way. Parameters that
// go come first: the table of a catalog is not written anew.
func tune(from, to model.Model) []string {
	var actions []string
	if gone := without(from.Storage, to.Storage); len(gone) > 0 {
		actions = append(actions, "RESET ("+strings.Join(gone, ", ")+")")
	}
	if from.Unlogged != to.Unlogged {
		actions = append(actions, map[bool]string{true: "SET UNLOGGED", false: "SET LOGGED"}[to.Unlogged])
	}
	if from.Tablespace != to.Tablespace {
		actions = append(actions, "SET TABLESPACE "+address.Quote(cmp.Or(to.Tablespace, "pg_default")))
	}
	if changed := changed(from.Storage, to.Storage); len(changed) > 0 {
		actions = append(actions, "SET ("+strings.Join(parameters(changed), ", ")+")")
	}
	for i, action := range actions {
		actions[i] = "ALTER TABLE " + table(to) + " " + action
	}
	return actions
}

// without returns the names of parameters that go, sorted.
func without(from, to map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(from)), func(name string) bool {
		_, there := to[name]
		return there
	})
}

// changed returns the parameters that are new or have other values.
func changed(from, to map[string]string) map[string]string {
	list := maps.Clone(to)
	maps.DeleteFunc(list, func(name, value string) bool { return from[name] == value })
	return list
}

// rewritten reports whether a table is copied to be stored in another way.
func rewritten(from, to model.Model) bool {
	return from.Unlogged != to.Unlogged || from.Tablespace != to.Tablespace
}

// names are those that a table has in the database: its own and that of its row
// type.
func names(m model.Model) []string {
	return []string{operation.Name("relation", m.Schema, m.Table), operation.Name("type", m.Schema, m.Table)}
}

func rowsLost(a address.Address, m model.Model, down bool) sdk.Hazard {
	return sdk.Hazard{
		Code: operation.DataLoss, Object: a, Down: down,
		Text:  "the rows of " + table(m) + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + table(m) + ")",
	}
}
