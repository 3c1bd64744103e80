// Package softdelete is the plugin for rows that are marked as deleted instead
// of being deleted.
package softdelete

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin. It is safe for concurrent use.
func New() sdk.Detector {
	return sdk.Define("softdelete", "1.0.0", "Rows that are marked as deleted instead of being deleted.",
		sdk.ModelOption("soft_delete", "DELETE sets a field to the time of the transaction and keeps the row. "+
			"A row that is marked already is deleted, and so is one whose parent is: ON DELETE CASCADE deletes for good.",
			sdk.Recreated(script), sdk.ParentName()),
	)
}

// options is what stands in soft_delete { ... }. The column's name is text in
// the body of a function, hence the word name.
type options struct {
	Field sdk.FieldRef `whimbrel:"field,name,type" doc:"The field that is set, a timestamptz with null = true."`
}

func script(o *sdk.Declared[options]) sdk.Script {
	judge(o)
	table, column := o.Model(), o.Column(o.Options.Field)
	name := model.Name(table.Table, "soft_delete")
	function := sdk.Qualified(table.Schema, name)
	return sdk.Script{
		Create: []string{
			"CREATE FUNCTION " + function + "() RETURNS trigger\n" +
				"LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS " + sdk.Dollar(body(o.Table(), column)),
			"CREATE TRIGGER soft_delete BEFORE DELETE ON " + o.Table() + " FOR EACH ROW EXECUTE FUNCTION " + function + "()",
		},
		Drop: []string{
			"DROP TRIGGER soft_delete ON " + o.Table(),
			"DROP FUNCTION " + function + "()",
		},
		Names: []string{sdk.Name("function", table.Schema, name)},
		Locks: o.Locks(sdk.AccessExclusive),
	}
}

// body is what the function does. PostgreSQL runs a cascade inside a trigger of
// its own: to keep a row there would leave it behind without its parent.
func body(table, column string) string {
	return `
BEGIN
    IF OLD.` + column + ` IS NOT NULL OR pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    UPDATE ONLY ` + table + ` SET ` + column + ` = now() WHERE ctid = OLD.ctid;
    RETURN NULL;
END
`
}

func judge(o *sdk.Declared[options]) {
	field := o.Field(o.Options.Field)
	name, err := pgtype.Parse(field.Type.SQL)
	if err != nil || name.Category() != pgtype.Timestamp || !field.Null || field.Type.Dimensions > 0 {
		o.Reject("the field of soft_delete is no timestamp that can be null", "Null says that the row is not deleted; else the field says when it was.",
			"give the field type = timestamptz and null = true")
	}
}
