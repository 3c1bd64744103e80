package field

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// required returns how a column of a table in use becomes NOT NULL: rows without a value
// get one, a check is there for what is written from then on, rows that came meanwhile get
// one too, and the check is held against all rows. PostgreSQL then believes it, and reads
// none again. The check comes after the rows have values, as no row that it forbids could be
// updated: not by those who use the table, and not for another column.
func (x fields) required(op sdk.Operation, r retyping, after *sdk.Object) []sdk.Operation {
	if !r.from.Requires(r.to) || r.retype || r.key != nil || r.exchanged || r.from.Field.Identity != r.to.Field.Identity {
		return nil
	}
	alter := "ALTER TABLE " + r.to.Table + " "
	check := address.Quote(sdk.Spare(r.to.Field.Column))
	add, drop := alter+"ADD CONSTRAINT "+check+" CHECK ("+r.to.Name+" IS NOT NULL) NOT VALID", alter+"DROP CONSTRAINT "+check
	fill, parts := r.fill(), x.announced(op, r, after)
	if len(fill) > 0 {
		parts = append(parts, quiet(after, r, "fill", sdk.RowExclusive, fill...))
	}
	parts = append(parts, moment(after, "not null for what is written", []string{add}, []string{drop}))
	if len(fill) > 0 {
		parts = append(parts, quiet(after, r, "fill what came meanwhile", sdk.RowExclusive, fill...))
	}
	parts = append(parts, quiet(after, r, "validate", sdk.ShareUpdateExclusive, alter+"VALIDATE CONSTRAINT "+check))
	last := moment(after, "not null", []string{r.to.Alter("SET NOT NULL"), drop}, []string{add, r.to.Alter("DROP NOT NULL")})
	last.Edits = sdk.Alteration(after).Edits
	parts = append(parts, last)
	return joined(parts)
}

// announced returns the first part, if there is one: all that changes but for NOT NULL.
func (x fields) announced(op sdk.Operation, r retyping, after *sdk.Object) []sdk.Operation {
	f := sdk.AttrsOf[model.Field](x.Work, after)
	f.Null, r.to.Field.Null = true, true
	first := sdk.Alteration(x.With(after, f))
	first.Summary += r.summary()
	first.Up, first.Down = r.statements(), r.backwards().statements()
	first.Hazard = slices.DeleteFunc(slices.Clone(op.Hazard), func(h sdk.Hazard) bool { return h.Code == operation.TableScan })
	if len(first.Up)+len(first.Down)+len(first.Hazard) == 0 {
		return nil
	}
	return []sdk.Operation{first}
}

// moment returns a part for which others wait for a moment, in a transaction of its own.
func moment(o *sdk.Object, does string, up, down []string) sdk.Operation {
	op := sdk.Stage(o, does)
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	op.Transaction = operation.Committed
	return op
}

// joined puts what follows the first part that goes through the rows into its migration: a
// column is NOT NULL before the next one of the table begins.
func joined(parts []sdk.Operation) []sdk.Operation {
	begun := false
	for i := range parts {
		parts[i].Joined = begun
		begun = begun || parts[i].Transaction == operation.Committed
	}
	return parts
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
