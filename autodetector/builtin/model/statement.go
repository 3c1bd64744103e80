package model

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

func table(m model.Model) string { return address.Qualify(m.Schema, m.Table) }

func create(m model.Model) []operation.Statement {
	statements := []operation.Statement{{SQL: "CREATE TABLE " + table(m), Table: true}}
	if m.Comment != "" {
		statements = append(statements, operation.SQL(sdk.Comment("TABLE "+table(m), m.Comment))...)
	}
	return statements
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
	return texts
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
