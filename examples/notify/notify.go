// Package notify is an example of a plugin: a trigger that tells listeners which rows
// have changed, by pg_notify.
package notify

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("notify", "1.0.0", "Listeners are told which rows have changed.",
		sdk.ModelOption("notify", "Tells a channel of every row that changes.", sdk.Recreated(script), sdk.Labelled(), sdk.ParentName()))
}

// options are what stands in the block. The columns' names are text in the body of a
// function, hence the word name.
type options struct {
	Channel string         `whimbrel:"channel" pattern:".{1,63}" doc:"The channel that is told."`
	Events  sdk.Keywords   `whimbrel:"events" oneof:"insert,update,delete" doc:"What is told; without it, everything."`
	Payload []sdk.FieldRef `whimbrel:"payload,name" doc:"The fields whose values are told."`
}

func script(o *sdk.Declared[options]) sdk.Script {
	table, events := o.Model(), o.Options.Events
	if len(events) == 0 {
		events = sdk.Keywords{"insert", "update", "delete"}
	}
	called := model.Name(table.Table, o.Object.Address.Name(), "notify")
	function := sdk.Qualified(table.Schema, called) + "()"
	return sdk.Script{
		Create: []string{
			"CREATE FUNCTION " + function + " RETURNS trigger\nLANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS " + sdk.Dollar(body(o)),
			"CREATE TRIGGER " + o.Label() + " AFTER " + strings.ToUpper(strings.Join(events, " OR ")) + " ON " + o.Table() +
				" FOR EACH ROW EXECUTE FUNCTION " + function,
		},
		Drop:  []string{"DROP TRIGGER " + o.Label() + " ON " + o.Table(), "DROP FUNCTION " + function},
		Names: []string{sdk.Name("function", table.Schema, called), sdk.Name("trigger", table.Schema, table.Table, o.Object.Address.Name())},
		Locks: o.Locks(sdk.AccessExclusive),
	}
}

func body(o *sdk.Declared[options]) string {
	told := []string{"'event', lower(TG_OP)"}
	for _, field := range o.Options.Payload {
		told = append(told, sdk.Literal(o.Field(field).Column)+", r."+o.Column(field))
	}
	return `
DECLARE
    r ` + o.Table() + ` := coalesce(NEW, OLD);
BEGIN
    PERFORM pg_notify(` + sdk.Literal(o.Options.Channel) + `, json_build_object(` + strings.Join(told, ", ") + `)::text);
    RETURN NULL;
END
`
}
