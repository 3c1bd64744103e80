package statistics

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how statistics are written in a model.
func block() sdk.Option {
	zero, most := int64(0), int64(10_000) // MAX_STATISTICS_TARGET
	return sdk.Option{
		Name: kindName, On: detect.OnModel, Kind: kindName, Doc: "extended statistics", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "on", Type: detect.TypeFields, Aspects: []string{"exists"}, Example: "[a, b]", Doc: "The fields that belong together"},
			{Name: "expressions", Type: detect.TypeStrings, SQL: detect.SQLExpression, Example: `["lower(name)"]`, Doc: "Expressions over the columns, in SQL, behind the fields"},
			{Name: "kinds", Type: detect.TypeKeywords, OneOf: allKinds, Example: "[ndistinct]", Doc: "What is gathered; all where it is absent"},
			{Name: "target", Type: detect.TypeInt, Min: &zero, Max: &most, Doc: "The statistics target; that of the columns where it is absent"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "statistics", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that they stand in"},
		}},
	}
}

// check reports statistics that PostgreSQL would refuse.
func (x list) check(o *sdk.Object, s attrs) {
	wrong := func(summary, detail, next string) {
		x.Report(diag.Diagnostic{Code: "WH2313", Summary: summary, Detail: detail, Next: next, Address: o.Address.String()})
	}
	switch over := len(s.On) + len(s.Expressions); {
	case over == 0 || len(s.On) == 1 && len(s.Expressions) == 0:
		wrong(fmt.Sprintf("%s is not over two columns or an expression", o.Address), "PostgreSQL has statistics of single columns anyway.", "write on = [a, b]")
	case over > maxOver:
		wrong(fmt.Sprintf("%s is over %d columns and expressions", o.Address, over), fmt.Sprintf("PostgreSQL takes at most %d.", maxOver), "take some of them out")
	case len(s.On) == 0 && over == 1 && len(s.Kinds) > 0:
		wrong(fmt.Sprintf("%s is over one expression and has kinds", o.Address), "Kinds are of several columns.", "take kinds out")
	}
}

// maxOver is how many columns and expressions statistics can be over
// (STATS_MAX_DIMENSIONS).
const maxOver = 8
