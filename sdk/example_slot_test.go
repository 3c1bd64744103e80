package sdk_test

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/sdk"
)

// A plugin that says where tables are: as a clause of the statement that makes one, and
// by a statement of its own for one that is there.
func ExampleFills() {
	type place struct {
		In string `whimbrel:"in" doc:"The tablespace."`
	}
	detector := sdk.Define("disks", "1.0.0", "Where tables are.",
		sdk.ModelOption("disk", "The disk that a table is on.", sdk.Recreated(func(o *sdk.Declared[place]) sdk.Script {
			return sdk.Script{
				Clause: "TABLESPACE " + sdk.Ident(o.Options.In),
				Set:    "ALTER TABLE " + o.Table() + " SET TABLESPACE " + sdk.Ident(o.Options.In),
				Reset:  "ALTER TABLE " + o.Table() + " SET TABLESPACE pg_default",
				Locks:  o.Locks(sdk.AccessExclusive),
			}
		}), sdk.Fills(sdk.SlotTablespace)))
	fmt.Println(detector.Manifest().Kinds[0].Slot)
	// Output: tablespace
}
