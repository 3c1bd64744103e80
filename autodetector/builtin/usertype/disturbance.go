package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Rewrites returns the hazards of the exchange: tables whose rows are written anew.
func (c Conversion) Rewrites() []sdk.Hazard {
	return Disturbed(c.work.To, c.Users, func(user User, table string) (sdk.Hazard, bool) {
		was, is := column.Of(c.work.From, user.Before), column.Of(c.work.To, user.After)
		return operation.Rewrite(user.After.Address, table), c.remade || is.Type.IsMade() || is.Type.OneByOne() || was.Type.Rewrites(is.Type)
	})
}

// Disturbed returns a hazard for each table with columns that it holds for, in the
// order of the columns.
func Disturbed(at sdk.Moment, users []User, hazard func(User, string) (sdk.Hazard, bool)) []sdk.Hazard {
	var list []sdk.Hazard
	seen := map[string]bool{}
	for _, user := range slices.SortedFunc(slices.Values(users), func(a, b User) int { return address.Compare(a.After.Address, b.After.Address) }) {
		table := at.Table(user.After.Parent)
		if h, holds := hazard(user, table); holds && !seen[table] {
			seen[table] = true
			list = append(list, h)
		}
	}
	return list
}
