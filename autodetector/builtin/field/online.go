package field

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// required returns how a column of a table in use becomes NOT NULL: a check for what is
// written from then on comes first, then rows without a value get one, and the check is
// held against all rows. PostgreSQL then believes it, and reads none again.
func (x fields) required(op sdk.Operation, r retyping, after *sdk.Object) []sdk.Operation {
	if !r.from.Requires(r.to) || r.retype || r.key != nil || r.exchanged || r.from.Field.Identity != r.to.Field.Identity {
		return nil
	}
	check := address.Quote(sdk.Spare(r.to.Field.Column))
	add, drop := "ADD CONSTRAINT "+check+" CHECK ("+r.to.Name+" IS NOT NULL) NOT VALID", "DROP CONSTRAINT "+check
	alter := "ALTER TABLE " + r.to.Table + " "
	parts := []sdk.Operation{x.announced(op, r, after, alter+add, alter+drop)}
	if fill := r.fill(); len(fill) > 0 {
		parts = append(parts, quiet(after, r, "fill", sdk.RowExclusive, fill...))
	}
	validate := quiet(after, r, "validate", sdk.ShareUpdateExclusive, alter+"VALIDATE CONSTRAINT "+check)
	validate.Joined = len(parts) > 1
	parts = append(parts, validate)
	last := sdk.Alteration(after)
	last.Summary += ": not null"
	last.Up = operation.SQL(r.to.Alter("SET NOT NULL"), alter+drop)
	last.Down = operation.SQL(alter+add, r.to.Alter("DROP NOT NULL"))
	last.Transaction, last.Joined = operation.Committed, true
	return append(parts, last)
}

// announced returns the first part: all that changes but for NOT NULL, and the check.
func (x fields) announced(op sdk.Operation, r retyping, after *sdk.Object, add, drop string) sdk.Operation {
	f := sdk.AttrsOf[model.Field](x.Work, after)
	f.Null, r.to.Field.Null = true, true
	first := sdk.Alteration(x.With(after, f))
	first.Summary += r.summary() + ": not null for what is written"
	first.Up = append(r.statements(), operation.SQL(add)...)
	first.Down = append(operation.SQL(drop), r.backwards().statements()...)
	first.Hazard = slices.DeleteFunc(slices.Clone(op.Hazard), func(h sdk.Hazard) bool { return h.Code == operation.TableScan })
	return first
}

// quiet returns a part that goes through the rows beside those who use them.
func quiet(o *sdk.Object, r retyping, does string, mode sdk.LockMode, texts ...string) sdk.Operation {
	op := sdk.Stage(o, does)
	op.Up = operation.SQL(texts...)
	op.Transaction = operation.Committed
	op.Locks = []sdk.Lock{{Object: o.Parent, Mode: mode}}
	op.Hazard = []sdk.Hazard{operation.Scan(o.Address, r.to.Table, operation.NobodyWaits)}
	return op
}
