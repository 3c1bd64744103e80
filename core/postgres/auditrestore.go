package postgres

import (
	"context"
	"fmt"
	"slices"
)

// reversals returns what undoes the records of the transaction, the last first.
func (u *undoing) reversals(ctx context.Context) ([]*reversal, error) {
	query := AuditQuery{Transaction: u.Transaction, Operations: []string{"INSERT", "UPDATE", "DELETE", "TRUNCATE"}}
	records, err := query.read(ctx, u.tx)
	if err != nil {
		return nil, auditProblem("reading the audit log", err)
	}
	if len(records) == 0 {
		return nil, problem("WH5404", "the audit log has no transaction "+u.Transaction, "Its number is the xid of its records.",
			"see the last ones: whimbrel audit log")
	}
	var list []*reversal
	for _, record := range records {
		r, err := u.reversal(ctx, record)
		if err != nil {
			return nil, err
		}
		switch {
		case r == nil:
		case len(list) > 0 && list[len(list)-1].takes(r):
			list[len(list)-1].rows = append(list[len(list)-1].rows, r.rows...)
		default:
			list = append(list, r)
		}
	}
	if len(u.refusals) > 0 {
		return nil, u.refused()
	}
	return list, nil
}

func (u *undoing) refuse(r AuditRecord, format string, args ...any) *reversal {
	row := ""
	if r.Row != nil {
		row = " " + string(r.Row)
	}
	u.refusals = append(u.refusals, r.Operation+" of "+r.Model+row+": "+fmt.Sprintf(format, args...))
	return nil
}

// reversal returns what undoes one record, nil after noting that nothing can.
func (u *undoing) reversal(ctx context.Context, record AuditRecord) (*reversal, error) {
	if record.Row == nil && record.Old == nil && record.Operation == "TRUNCATE" {
		return u.refuse(record, "only that it happened is recorded; with truncate = rows in its audit_trigger the rows would be"), nil
	}
	if record.Row == nil {
		return u.refuse(record, "no primary key of the table is recorded, so that its rows cannot be told apart"), nil
	}
	if record.Unseen {
		return u.refuse(record, "what the row was before is not recorded: it is older than the audit; "+
			"with snapshot = true in its audit_trigger it would be"), nil
	}
	table, err := u.table(ctx, record)
	if err != nil {
		return nil, err
	}
	if table == nil {
		return u.refuse(record, "there is no one table of it now: it was dropped, or renamed and is not audited any more"), nil
	}
	v, err := readValues(record)
	if err != nil {
		return nil, err
	}
	r := &reversal{table: table, model: record.Model, operation: record.Operation}
	fine := false
	if r.key, fine = u.columns(record, table, v.key); !fine {
		return nil, nil
	}
	row := reversedRow{record: record, Key: record.Row}
	switch record.Operation {
	case "INSERT":
		r.was = known(record, table, v.now)
	case "UPDATE":
		fine = u.update(r, record, v)
	default: // a deletion, or a row that was there before a truncation
		r.operation = "DELETE"
		fine = u.insertion(r, record, v)
	}
	if !fine {
		return nil, nil
	}
	if row.Was, err = picked(v.now, r.was); err == nil {
		row.Set, err = picked(v.old, r.set)
	}
	r.rows = []reversedRow{row}
	return r, err
}

// update notes the columns of an update, and whether it can be undone.
func (u *undoing) update(r *reversal, record AuditRecord, v recorded) (fine bool) {
	if r.was, fine = u.columns(record, r.table, v.old); !fine {
		return false
	}
	r.set = writable(r.was)
	switch {
	case record.History != "" && !u.shown(record, v.now): // hidden values that changed look the same
		return false
	case len(r.was) == 0: // json that was written otherwise
		return false
	case len(r.set) == 0:
		u.refuse(record, "of what it changed, only generated columns are recorded")
		return false
	}
	return u.shown(record, v.old) && u.shown(record, pick(v.now, r.was))
}

// insertion notes the columns of a row that was deleted, and whether it can be
// put back.
func (u *undoing) insertion(r *reversal, record AuditRecord, v recorded) bool {
	columns, fine := u.columns(record, r.table, v.old)
	r.set = writable(columns)
	return fine && u.shown(record, v.old) && u.whole(record, r.table, v.old)
}

// writable returns the columns that are not generated.
func writable(columns []restoredColumn) []restoredColumn {
	return slices.DeleteFunc(slices.Clone(columns), func(c restoredColumn) bool { return c.generated })
}

// table returns the table of a record's model, read once.
func (u *undoing) table(ctx context.Context, record AuditRecord) (*restored, error) {
	model := record.Model
	if u.Present != nil {
		model = u.Present(record)
	}
	if t, ok := u.tables[model]; ok {
		return t, nil
	}
	t, err := readRestored(ctx, u.tx, u.audited, model, record.Table)
	u.tables[model] = t
	return t, err
}
