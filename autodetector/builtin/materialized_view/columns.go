package materializedview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk"
)

// check reports indexes over columns that the view has not. Of a view whose columns
// only the server knows there is nothing to say.
func (x views) check(o *sdk.Object, v attrs) {
	var known []string
	for _, c := range v.Columns {
		known = append(known, c.Name)
	}
	for _, i := range v.Indexes {
		if len(i.Fields) == 0 && len(i.On) == 0 {
			x.wrong(o, fmt.Sprintf("index %q of %s is over nothing", i.Label, o.Address), "", "write fields = [...]")
		}
		for _, name := range slices.Concat(i.Fields, i.Include) {
			if len(known) > 0 && !slices.Contains(known, name) {
				x.wrong(o, fmt.Sprintf("index %q is over %q, and %s has no such column", i.Label, name, o.Address),
					"Its columns are those of its query: "+strings.Join(known, ", ")+".", "write one of them")
			}
		}
	}
}

func (x views) wrong(o *sdk.Object, summary, detail, next string) {
	x.Report(diag.Diagnostic{Code: "WH2303", Summary: summary, Detail: detail, Next: next, Address: o.Address.String()})
}
