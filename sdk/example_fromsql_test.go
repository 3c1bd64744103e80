package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A plugin that reads none of the statements of files of DDL as its own.
func ExampleFromSQL() {
	none := func(*sql.Work, sql.Statement) bool { return false }
	parts := sdk.Define("shade", "1.0.0", "Shades.", sdk.FromSQL(none))
	whole := sdk.New(sdk.Manifest{Name: "shade", Version: "1.0.0", Doc: "Shades."},
		func(context.Context, sdk.Pass) (sdk.Result, error) { return sdk.Result{}, nil }, sdk.ReadingSQL(none))
	fmt.Println(parts.Manifest().Name, whole.Manifest().Name)
	// Output: shade shade
}
