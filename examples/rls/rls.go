// Package rls is an example of a plugin: row-level security.
//
// It adds two options to models. With row_security = true the rows of a table
// are hidden from everybody but its owner, and each policy shows those for which
// its expression is true.
package rls

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/sdk"
)

// The kinds of objects that the plugin owns.
const (
	securityKind = "rls.row_security"
	policyKind   = "rls.policy"
)

// New returns the detector of the plugin.
func New() sdk.Detector { return sdk.New(manifest(), detectChanges) }

func manifest() sdk.Manifest {
	return sdk.Manifest{
		Name: "rls", Version: "1.0.0", Doc: "Row-level security: who sees which rows.",
		Kinds: []sdk.Kind{
			{Name: securityKind, Doc: "A table whose rows are hidden unless a policy shows them."},
			{Name: policyKind, Doc: "A policy of a table."},
		},
		Options: []sdk.Option{
			{Name: "row_security", On: detect.OnModel, Kind: securityKind, Switch: true, Doc: "Rows are hidden unless a policy shows them."},
			{
				Name: "policy", On: detect.OnModel, Kind: policyKind, Labelled: true, Doc: "Shows the rows for which the expression is true.",
				Shape: sdk.Shape{Attrs: []sdk.Attr{{
					Name: "using", Type: detect.TypeExpression, Required: true, Doc: "a condition over the fields of the model",
					// PostgreSQL refuses to change the type of a column that a policy reads.
					// With this word the core takes the policy away before and makes it again after.
					Aspects: []string{"type"},
				}}},
			},
		},
		Emits: []string{"rls.create_row_security", "rls.drop_row_security", "rls.create_policy", "rls.drop_policy"},
	}
}

// detectChanges returns the operations for what has changed. Their order is not
// its business.
func detectChanges(_ context.Context, pass sdk.Pass) (sdk.Result, error) {
	security, err := sdk.Recreate(pass, securityKind, securitySQL)
	if err != nil {
		return sdk.Result{}, err
	}
	policies, err := sdk.Recreate(pass, policyKind, policySQL)
	return sdk.Result{Operations: append(security, policies...)}, err
}

func securitySQL(s *sdk.State, o *sdk.Object) (sdk.Script, error) {
	table, err := sdk.TableOf(s, o)
	return sdk.Script{
		Create: []string{fmt.Sprintf("ALTER TABLE %s ENABLE ROW LEVEL SECURITY", table)},
		Drop:   []string{fmt.Sprintf("ALTER TABLE %s DISABLE ROW LEVEL SECURITY", table)},
	}, err
}

// A policy is what stands in the block.
type policy struct {
	Using expression.Node `json:"using"`
}

func policySQL(s *sdk.State, o *sdk.Object) (sdk.Script, error) {
	attrs, err := sdk.Decode[policy](o)
	if err != nil {
		return sdk.Script{}, err
	}
	table, err := sdk.TableOf(s, o)
	if err != nil {
		return sdk.Script{}, err
	}
	condition, err := columns(s).SQL(attrs.Using)
	if err != nil {
		return sdk.Script{}, err
	}
	name := sdk.Ident(o.Address.Name())
	return sdk.Script{
		Create: []string{fmt.Sprintf("CREATE POLICY %s ON %s USING (%s)", name, table, condition)},
		Drop:   []string{fmt.Sprintf("DROP POLICY %s ON %s", name, table)},
	}, nil
}

// columns returns the printer of expressions over one table.
func columns(s *sdk.State) expression.Printer {
	return expression.Printer{Field: func(path []address.Ref) (string, error) {
		if len(path) > 1 {
			return "", fmt.Errorf("a policy reads fields of its own model only, not %s", path[len(path)-1])
		}
		return sdk.Column(s.Get(path[0].Address))
	}}
}
