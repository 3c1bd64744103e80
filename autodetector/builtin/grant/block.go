package grant

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// The kinds of what rights are granted on.
const (
	viewKind      = "view"
	storedKind    = "materialized_view"
	sequenceKind  = "sequence"
	functionKind  = "function"
	procedureKind = "procedure"
)

// all is the word for every right that there is.
const all = "all"

// rights are the words for rights, in the order in which PostgreSQL's manual has them.
var rights = []string{"select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain", "usage", "create", "execute", all}

// block is how a grant is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "rights of a role", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "role", Type: detect.TypeString, Fill: true, Doc: "The role that gets the rights; the label where it is absent"},
			{
				Name: "on", Type: detect.TypeRefs, Kinds: []string{model.ModelKind, viewKind, storedKind, sequenceKind, functionKind, procedureKind}, Aspects: []string{"exists"},
				OneOf: []string{all, defaultsWord}, Example: "[pizza]", Doc: "What they are on: names, all(models) for all that there are, or defaults(models) for those that come later",
			},
			{Name: "schemas", Type: detect.TypeStrings, Example: `["public"]`, Doc: "The schemas that they are on"},
			{Name: "rights", Type: detect.TypeKeywords, OneOf: rights, Required: true, Example: "[select, insert]", Doc: "What the role may do"},
			{Name: "columns", Type: detect.TypeFields, Given: "on", Aspects: []string{"exists"}, Example: "[name]", Doc: "The fields of the models that they are on; all where it is absent"},
			{Name: "with_grant", Type: detect.TypeBool, Fill: true, Doc: "The role may grant them to others"},
			{Name: "schema", Type: detect.TypeString, Names: string(detect.NamesSchema), Doc: "The schema in which defaults(...) are for what comes later"},
		}},
	}
}
