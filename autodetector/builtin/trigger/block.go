package trigger

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// When a trigger fires, of what kind the statement is, how often, and for which
// sessions: the words of the model language.
const (
	before    = "before"
	after     = "after"
	insteadOf = "instead_of"

	row       = "row"
	statement = "statement"

	update   = "update"
	truncate = "truncate"
)

// events are the words of on, in the order in which PostgreSQL says them.
var events = []string{"insert", "delete", update, truncate}

// block is how a trigger is written in a model.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnModel, Kind: kindName, Doc: "a trigger", Labelled: true,
		Shape: sdk.Shape{Attrs: append([]sdk.Attr{
			when(),
			on(),
			{Name: "of", Type: detect.TypeFields, Aspects: []string{"type"}, Example: "[name]", Doc: "The fields that an update has to set"},
			each(),
			{Name: "referencing", Type: detect.TypeMap, Example: `{ old = "o", new = "n" }`, Doc: "The names of the tables with the rows as they were and as they are"},
			{Name: "if", Type: detect.TypeSQL, SQL: detect.SQLExpression, Condition: true, Example: `sql("new.price > old.price")`, Doc: "It fires only where this is true; columns stand behind old. and new."},
			{Name: "constraint", Type: detect.TypeBool, Fill: true, Doc: "A constraint trigger, which SET CONSTRAINTS can name"},
			{Name: "deferrable", Type: detect.TypeKeyword, OneOf: []string{"immediate", "deferred"}, Doc: "A constraint trigger that can wait for the end of the transaction: by itself, or when SET CONSTRAINTS says so"},
			{Name: "from", Type: detect.TypeRef, Kinds: []string{model.ModelKind}, Aspects: []string{"exists"}, Example: "MODEL", Doc: "The other model that a constraint trigger is about"},
		}, others()...)},
	}
}

// viewBlock is how a trigger on a view is written, beside it.
func viewBlock() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a trigger on a view", Labelled: true,
		Shape: sdk.Shape{Attrs: append([]sdk.Attr{
			{Name: "view", Type: detect.TypeRef, Kinds: []string{viewKind}, Aspects: []string{"exists"}, Required: true, Example: "VIEW", Doc: "The view that it is on; that on a table stands in its model"},
			when(), on(), each(),
		}, others()...)},
	}
}

func when() sdk.Attr {
	return sdk.Attr{Name: "when", Type: detect.TypeKeyword, OneOf: []string{before, after, insteadOf}, Required: true, Example: after, Doc: "Whether it fires before or after the statement, or on a view in place of it"}
}

func on() sdk.Attr {
	return sdk.Attr{Name: "on", Type: detect.TypeKeywords, OneOf: events, Required: true, Example: "[insert, update]", Doc: "The statements that it fires for"}
}

func each() sdk.Attr {
	return sdk.Attr{Name: "each", Type: detect.TypeKeyword, OneOf: []string{row, statement}, Default: statement, Doc: "Whether it fires once for each row, or once for the statement"}
}

// others are the arguments of every trigger.
func others() []sdk.Attr {
	return []sdk.Attr{
		{Name: "execute", Type: detect.TypeRef, Kinds: []string{functionKind}, Aspects: []string{"exists"}, Example: "FUNCTION", Doc: "The function that it calls"},
		{Name: "undeclared", Type: detect.TypeString, Example: `"tsvector_update_trigger"`, Doc: "The function that it calls, where nobody declares it, in place of execute"},
		{Name: "args", Type: detect.TypeStrings, Doc: "What the function gets as TG_ARGV"},
		{Name: "enabled", Type: detect.TypeKeyword, OneOf: []string{"always", "replica", "false"}, Doc: "In which sessions it fires; without it, in all but those of replication"},
		{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
		{Name: "name", Type: detect.TypeString, Names: string(detect.NamesTrigger), Doc: "The name in the database"},
	}
}
