package constraint

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// checked: the rows that are there have to keep a new constraint.
func (x constraints) checked(o *sdk.Object) sdk.Hazard {
	c, table := attrs(x.Work, o), table(x.To, o)
	switch {
	case hasIndex(c):
		return operation.Build(o.Address, table, operation.EveryoneWait)
	case c.Type == model.ForeignKey && c.Target != nil:
		return operation.Lookup(o.Address, table, x.To.Table(c.Target.Address))
	}
	return operation.Scan(o.Address, table, operation.EveryoneWait)
}
