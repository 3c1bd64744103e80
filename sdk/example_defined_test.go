package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A plugin says how its objects are defined in a database, so that whimbrel drift tells
// what somebody changed by hand.
func ExampleDefined() {
	rules := sdk.DefinitionQuery("rules", `SELECT 'rule', n.nspname, format('%I.%I.%I', n.nspname, c.relname, r.rulename),
	format('table %I.%I', n.nspname, c.relname), pg_get_ruledef(r.oid), NULL, NULL
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN ours n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' ORDER BY r.oid`)
	parts := sdk.Define("rules", "1.0.0", "Rules.", sdk.Defined(rules))
	whole := sdk.New(sdk.Manifest{Name: "rules", Version: "1.0.0", Doc: "Rules."},
		func(context.Context, sdk.Pass) (sdk.Result, error) { return sdk.Result{}, nil }, sdk.Defining(rules))
	for _, query := range detect.DefinitionsOf(parts, whole) {
		fmt.Println(query.Name)
	}
	// Output:
	// rules
	// rules
}
