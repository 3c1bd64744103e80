package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A linter of ten lines.
func ExampleCheck() {
	linter := sdk.Define("short", "1.0.0", "No text has a length without a reason.",
		sdk.Check("SH001", func(l *sdk.Look) {
			for o := range l.All(model.FieldKind) {
				if field, err := sdk.Decode[model.Field](o); err == nil && field.Type.SQL == "varchar(10)" && field.Comment == "" {
					l.Warn(o, o.Address.Name()+" has a length", "Whoever makes it longer needs a migration.", "say why in a comment, or write text").Set("type", "text")
				}
			}
		}, model.FieldKind))
	pizza := &sdk.Object{Address: address.New("model", "shop", "pizza"), Attrs: []byte(`{"schema":"public","table":"pizza"}`)}
	zip := &sdk.Object{Address: pizza.Address.Child("field", "zip"), Parent: pizza.Address, Attrs: []byte(`{"column":"zip","type":{"sql":"varchar(10)"}}`)}

	findings := checked(linter, state.New(pizza, zip))
	for _, d := range findings {
		fmt.Println(d.Severity, d.Code, d.Address, d.Argument, d.Summary, "->", d.Fix.Text)
	}
	// Output: Warning SH001 field shop.pizza.zip type zip has a length -> text
}

// checked asks a detector about a state.
func checked(d sdk.Detector, s *sdk.State) diag.List {
	found, err := d.(interface {
		Check(context.Context, sdk.Wanted) (diag.List, error)
	}).Check(context.Background(), sdk.Wanted{State: s})
	if err != nil {
		fmt.Println(err)
	}
	return found
}

// A detector without parts that checks.
func ExampleChecking() {
	check := func(context.Context, sdk.Wanted) (diag.List, error) { return nil, nil }
	detector := sdk.New(sdk.Manifest{Name: "calm", Version: "1.0.0", Doc: "Says nothing.", Checks: true}, nil, sdk.Checking(check))
	fmt.Println(len(checked(detector, state.New())))
	// Output: 0
}
