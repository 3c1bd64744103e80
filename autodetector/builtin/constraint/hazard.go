package constraint

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// checked: the rows that are there have to keep a new constraint.
func (x constraints) checked(o *sdk.Object) sdk.Hazard {
	c := attrs(x.Work, o)
	switch {
	case hasIndex(c):
		return operation.Build(o.Address, table(x.To, o), operation.EveryoneWait)
	case c.Type == model.ForeignKey:
		return x.read(x.To, o, operation.WritersWait)
	}
	return x.read(x.To, o, operation.EveryoneWait)
}

// read: the rows that are there are held against a constraint.
func (x constraints) read(at sdk.Moment, o *sdk.Object, wait operation.Wait) sdk.Hazard {
	c, table := attrs(x.Work, o), table(at, o)
	if c.Type == model.ForeignKey && c.Target != nil {
		return operation.Lookup(o.Address, table, at.Table(c.Target.Address), wait)
	}
	return operation.Scan(o.Address, table, wait)
}
