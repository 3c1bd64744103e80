package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// release takes a default away that is in the way where what it names is dropped and
// made again, and returns the field without it; it is set again afterwards.
func (x fields) release(before, after *sdk.Object) *sdk.Object {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	named := usertype.Remade(x.Work, after, f.Type, f.Default)
	if len(named) == 0 {
		return before
	}
	f.Default = nil
	released := usertype.Unreferred(x.With(before, f), named)
	x.takeDefault(before, released)
	return released
}
