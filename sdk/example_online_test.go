package sdk_test

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// On a table in use, a condition is added without a look at the rows, and they are looked
// at afterwards, while others write.
func ExampleStage() {
	o := &sdk.Object{Address: address.New("shop.never_empty", "shop", "pizza", "name"), Parent: address.New("model", "shop", "pizza")}
	add := "ALTER TABLE pizza ADD CONSTRAINT never_empty CHECK (name <> '')"

	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(add), operation.SQL("ALTER TABLE pizza DROP CONSTRAINT never_empty")

	added := op
	added.Up = operation.SQL(add + " NOT VALID")
	looked := sdk.Stage(o, "look at the rows")
	looked.Up = operation.SQL("ALTER TABLE pizza VALIDATE CONSTRAINT never_empty")
	looked.Transaction = operation.Committed
	looked.Locks = []sdk.Lock{{Object: o.Parent, Mode: sdk.ShareUpdateExclusive}}
	op.Online = []sdk.Operation{added, looked}

	for _, part := range op.Online {
		fmt.Println(part.Summary, part.Quiet())
	}
	// Output:
	// create never empty shop.pizza.name false
	// alter never empty shop.pizza.name: look at the rows true
}
