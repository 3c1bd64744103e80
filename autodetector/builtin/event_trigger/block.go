package eventtrigger

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// The events that are of importance here.
const (
	tableRewrite = "table_rewrite"
	sqlDrop      = "sql_drop"
)

// block is how an event trigger is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "an event trigger", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "on", Type: detect.TypeKeyword, OneOf: []string{"ddl_command_start", "ddl_command_end", tableRewrite, sqlDrop}, Required: true, Example: "ddl_command_end", Doc: "When it fires"},
			{Name: "tags", Type: detect.TypeStrings, Example: `["DROP TABLE"]`, Doc: "The statements that it fires for; without them, all"},
			{Name: "execute", Type: detect.TypeRef, Kinds: []string{functionKind}, Aspects: []string{"exists"}, Example: "FUNCTION", Doc: "The function that it calls"},
			{Name: "undeclared", Type: detect.TypeString, Example: `"pg_catalog.my_function"`, Doc: "The function that it calls, where nobody declares it, in place of execute"},
			{Name: "enabled", Type: detect.TypeKeyword, OneOf: []string{"always", "replica", "false"}, Doc: "In which sessions it fires; without it, in all but those of replication"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: string(detect.NamesEventTrigger), Doc: "The name in the database"},
		}},
	}
}
