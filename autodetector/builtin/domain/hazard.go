package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// checked: a constraint that comes is held against the values of all columns,
// those of domains over it too.
func (x domains) checked(after *sdk.Object, was, is model.Domain) []sdk.Hazard {
	if !tightens(was, is) {
		return nil
	}
	return usertype.Disturbed(x.To, usertype.Convert(x.Work, after.Address, name(is)).Users, func(user usertype.User, table string) (sdk.Hazard, bool) {
		return operation.Scan(user.After.Address, table, operation.WritersWait), true
	})
}
