package constraint

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// keyed returns how a key is added to a table in use: by an index that is built before.
func (x constraints) keyed(o *sdk.Object) []sdk.Operation {
	build := x.concurrently(x.To, o, "build the index")
	build.Up, build.Down = operation.SQL(buildIndex(x.To, o)), operation.SQL(dropIndex(x.To, o))
	op := sdk.Creation(o)
	op.Summary += ": by its index"
	op.Up, op.Down = operation.SQL(byIndex(x.To, o, o)...), operation.SQL(drop(x.To, o))
	op.Transaction, op.Joined = operation.Committed, true
	return []sdk.Operation{build, op}
}

// unkeyed returns how a key is dropped on a table in use: on the way back the index is
// built before.
func (x constraints) unkeyed(o *sdk.Object) []sdk.Operation {
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o)), operation.SQL(byIndex(x.From, o, o)...)
	build := x.concurrently(x.From, o, "build the index on the way back")
	build.Down, build.Hazard[0].Down, build.Joined = operation.SQL(buildIndex(x.From, o)), true, true
	build.Hazard = append(build.Hazard, x.unkept(o))
	return []sdk.Operation{op, build}
}

// concurrently returns an operation that builds the index of a key.
func (x constraints) concurrently(at sdk.Moment, o *sdk.Object, does string) sdk.Operation {
	op := sdk.Stage(o, does)
	op.Transaction = operation.Outside
	op.Locks = []sdk.Lock{{Object: o.Parent, Mode: sdk.ShareUpdateExclusive}}
	op.Hazard = []sdk.Hazard{operation.Build(o.Address, table(at, o), operation.NobodyWaits)}
	return op
}

func buildIndex(at sdk.Moment, o *sdk.Object) string {
	c := attrs(at.Work, o)
	text := "CREATE UNIQUE INDEX CONCURRENTLY " + address.Quote(c.Name) + " ON " + table(at, o) + " (" + at.Columns(c.Fields) + ")" + include(at, c)
	if c.NullsNotDistinct {
		text += " NULLS NOT DISTINCT"
	}
	return text + with(c)
}

// dropIndex drops what is left of an index where its key is gone: with the key it goes
// as well.
func dropIndex(at sdk.Moment, o *sdk.Object) string {
	c := attrs(at.Work, o)
	schema, _ := partitioning.Table(at, o, c.Partition)
	return "DROP INDEX CONCURRENTLY IF EXISTS " + address.Qualify(schema, c.Name)
}

// byIndex returns the statements that make the index that is built for one object, which
// has its name, the key of another. The index then has the name of the key.
func byIndex(at sdk.Moment, o, built *sdk.Object) []string {
	c := attrs(at.Work, o)
	name, kind := address.Quote(c.Name), "UNIQUE"
	if c.Type == model.PrimaryKey {
		kind = "PRIMARY KEY"
	}
	texts := []string{"ALTER TABLE " + table(at, o) + " ADD CONSTRAINT " + name + " " + kind + " USING INDEX " + address.Quote(attrs(at.Work, built).Name) + deferrable(c)}
	if c.Comment != "" {
		texts = append(texts, comment(table(at, o), c))
	}
	return texts
}
