// Package updatedat is the plugin for fields that hold the time of the last
// change of their row.
package updatedat

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin. It is safe for concurrent use.
func New() sdk.Detector {
	return sdk.Define("updatedat", "1.0.0", "Fields that hold the time of the last change of their row.",
		sdk.FieldOption("auto_now", "Set to the time of the transaction by every INSERT and UPDATE of the row, whatever they say.",
			sdk.Recreated(triggerScript), sdk.Switch(), sdk.ParentName()),
		sdk.Implied("auto_now_function", "The function of all triggers of auto_now.", "auto_now", sdk.Recreated(functionScript)),
	)
}

// function is what the triggers call. It does not change when a table or column
// is renamed: the column is an argument.
const function = "public.whimbrel_auto_now"

func functionScript(*sdk.Declared[sdk.None]) sdk.Script {
	return sdk.Script{
		Create: []string{`CREATE FUNCTION ` + function + `() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], now()));
END
$$`},
		Drop:  []string{"DROP FUNCTION " + function + "()"},
		Names: []string{sdk.Name("function", "public", "whimbrel_auto_now")},
	}
}

func triggerScript(o *sdk.Declared[sdk.None]) sdk.Script {
	field := o.Field(o.Parent())
	judge(o, field)
	name := sdk.Ident(model.Name("auto_now", field.Column))
	return sdk.Script{
		Create: []string{"CREATE TRIGGER " + name + " BEFORE INSERT OR UPDATE ON " + o.Table() +
			" FOR EACH ROW EXECUTE FUNCTION " + function + "(" + sdk.Literal(field.Column) + ")"},
		Drop:  []string{"DROP TRIGGER " + name + " ON " + o.Table()},
		Locks: o.Locks(sdk.AccessExclusive),
	}
}

func judge(o *sdk.Declared[sdk.None], field model.Field) {
	name, err := pgtype.Parse(field.Type.SQL)
	day := name.Category() == pgtype.Date || name.Category() == pgtype.Timestamp
	if err != nil || !day || field.Type.Dimensions > 0 {
		o.Reject("auto_now is on a field that holds no time", "The time of a change is put into it.",
			"give the field one of the types date, timestamp, timestamptz")
	}
	if field.Generated != nil {
		o.Reject("auto_now is on a generated field", "PostgreSQL computes such a field itself.", "take out generated or auto_now")
	}
}
