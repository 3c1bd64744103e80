// Package rls is an example of a plugin: row-level security.
//
// It adds two options to models. With row_security = true the rows of a table
// are hidden from everybody but its owner, and each policy shows those for which
// its expression is true.
package rls

import (
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("rls", "1.0.0", "Row-level security: who sees which rows.",
		sdk.ModelOption("row_security", "Rows are hidden unless a policy shows them.", sdk.Recreated(security), sdk.Switch()),
		sdk.ModelOption("policy", "Shows the rows for which the expression is true.", sdk.Recreated(show), sdk.Labelled()),
	)
}

func security(o *sdk.Declared[sdk.None]) sdk.Script {
	return sdk.Script{
		Create: []string{"ALTER TABLE " + o.Table() + " ENABLE ROW LEVEL SECURITY"},
		Drop:   []string{"ALTER TABLE " + o.Table() + " DISABLE ROW LEVEL SECURITY"},
		Locks:  o.Locks(sdk.AccessExclusive),
	}
}

// A policy is what stands in the block. PostgreSQL refuses to change the type of
// a column that a policy reads: with the word type in the tag, whimbrel takes the
// policy away before and makes it again after.
type policy struct {
	Command string          `whimbrel:"command" oneof:"all,select,insert,update,delete" default:"all" doc:"The statements that it is for."`
	Using   *sdk.Expression `whimbrel:"using,type,condition" doc:"The rows that are seen."`
	Check   *sdk.Expression `whimbrel:"check,type,condition" doc:"The rows that can be written; without it, those of using."`
}

func show(o *sdk.Declared[policy]) sdk.Script {
	if o.Options.Using == nil && o.Options.Check == nil {
		o.Reject("a policy has neither using nor check", "It says nothing about any row.", "write using = ...")
	}
	create := []string{"CREATE POLICY", o.Label(), "ON", o.Table(), "FOR", o.Options.Command}
	if o.Options.Using != nil {
		create = append(create, "USING ("+o.SQL(o.Options.Using)+")")
	}
	if o.Options.Check != nil {
		create = append(create, "WITH CHECK ("+o.SQL(o.Options.Check)+")")
	}
	return sdk.Script{
		Create: []string{strings.Join(create, " ")},
		Drop:   []string{"DROP POLICY " + o.Label() + " ON " + o.Table()},
		Locks:  o.Locks(sdk.AccessExclusive),
	}
}
