package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Policy is what stands in a policy block of a model:
//
//	policy "own" { using = "tenant = current_user" }
type Policy struct {
	Using string `json:"using"`
}

// A plugin for row-level security policies.
func Example() {
	detector := sdk.New(sdk.Manifest{
		Name: "rls", Version: "1.0.0", Doc: "Row-level security.",
		Kinds: []sdk.Kind{{Name: "rls.policy", Doc: "A policy of a table."}},
		Options: []sdk.Option{{
			Name: "policy", On: detect.OnModel, Kind: "rls.policy", Labelled: true,
			Shape: sdk.Shape{Attrs: []sdk.Attr{{Name: "using", Type: detect.TypeString, Required: true}}},
		}},
		Emits: []string{"rls.create_policy", "rls.drop_policy"},
	}, func(_ context.Context, pass sdk.Pass) (sdk.Result, error) {
		operations, err := sdk.Recreate(pass, "rls.policy", policySQL)
		return sdk.Result{Operations: operations}, err
	})

	result, err := detector.Detect(context.Background(), addPolicy())
	for _, op := range result.Operations {
		fmt.Println(op.Summary)
		fmt.Println(op.Up[0].SQL)
		fmt.Println(op.Down[0].SQL)
	}
	fmt.Println(err)
	// Output:
	// create policy shop.pizza.own
	// CREATE POLICY own ON public."order" USING (tenant = current_user)
	// DROP POLICY own ON public."order"
	// <nil>
}

func policySQL(s *sdk.State, o *sdk.Object) (sdk.Script, error) {
	policy, err := sdk.Decode[Policy](o)
	if err != nil {
		return sdk.Script{}, err
	}
	table, err := sdk.TableOf(s, o)
	if err != nil {
		return sdk.Script{}, err
	}
	name := sdk.Ident(o.Address.Name())
	return sdk.Script{
		Create: []string{fmt.Sprintf("CREATE POLICY %s ON %s USING (%s)", name, table, policy.Using)},
		Drop:   []string{fmt.Sprintf("DROP POLICY %s ON %s", name, table)},
	}, nil
}

// addPolicy is a pass in which a model gets a policy.
func addPolicy() sdk.Pass {
	model := &sdk.Object{
		Address: address.New("model", "shop", "pizza"),
		Attrs:   []byte(`{"schema":"public","table":"order"}`),
	}
	policy := &sdk.Object{
		Address: model.Address.Child("rls.policy", "own"),
		Parent:  model.Address,
		Attrs:   []byte(`{"using":"tenant = current_user"}`),
	}
	return sdk.Pass{
		From:    state.New(model),
		To:      state.New(model, policy),
		Changes: []sdk.Change{{Change: state.Change{After: policy}}},
	}
}

// Names and texts are quoted where PostgreSQL needs it.
func ExampleIdent() {
	fmt.Println(sdk.Ident("pizza"), sdk.Ident("order"), sdk.Ident("Pizza"))
	fmt.Println(sdk.Literal("it's"))
	// Output:
	// pizza "order" "Pizza"
	// 'it''s'
}
