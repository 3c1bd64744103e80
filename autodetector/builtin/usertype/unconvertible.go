package usertype

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Unconvertible reports that what a type is made of is to become what PostgreSQL does
// not convert it to. What to make instead is the beginning of what to do.
func Unconvertible(w *sdk.Work, t address.Address, summary, instead string) {
	w.Report(diag.Diagnostic{
		Code: "WH2302", Summary: summary, Address: t.String(),
		Detail: "PostgreSQL does not convert one to the other, or what comes of it is not what was meant.",
		Next:   instead + ": whimbrel make --using FIELD=EXPRESSION says what their values become",
	})
}
