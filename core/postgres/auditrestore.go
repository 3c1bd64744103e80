package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/state"
)

// reversals returns what undoes the records of the transaction, the last first.
func (u *undoing) reversals(ctx context.Context) ([]*reversal, error) {
	rows, err := u.tx.Query(ctx, "SELECT "+auditColumns+`
		FROM audit.log AS l WHERE l.xid = $1::text::xid8 AND l.operation <> 'SNAPSHOT' ORDER BY l.id DESC`, u.Transaction)
	if err != nil {
		return nil, auditProblem("reading the audit log", err)
	}
	records, err := pgx.CollectRows(rows, scanAudit)
	if err != nil {
		return nil, auditProblem("reading the audit log", err)
	}
	if len(records) == 0 {
		return nil, problem("WH5404", "the audit log has no transaction "+u.Transaction, "Its number is the xid of its records.",
			"see the last ones: whimbrel audit log")
	}
	if u.audited, err = auditTables(ctx, u.tx); err != nil {
		return nil, err
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
		return u.refuse(record, "the table has no primary key, so that its rows cannot be told apart"), nil
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
		r.was = known(table, v.now)
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

type values = map[string]json.RawMessage

// recorded are the values of a record.
type recorded struct{ key, old, now values }

func readValues(r AuditRecord) (recorded, error) {
	var v recorded
	for _, part := range []struct {
		raw  json.RawMessage
		into *values
	}{{r.Row, &v.key}, {r.Old, &v.old}, {r.New, &v.now}} {
		if part.raw == nil {
			continue
		}
		if err := json.Unmarshal(part.raw, part.into); err != nil {
			return v, fmt.Errorf("reading record %d of the audit log: %w", r.ID, err)
		}
	}
	return v, nil
}

// columns returns the columns of a table that values are for. Those that are not
// there any more, or whose values do not come back from JSON, are refusals.
func (u *undoing) columns(record AuditRecord, t *restored, of values) ([]restoredColumn, bool) {
	var found []restoredColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		c, ok := t.column(name)
		switch {
		case !ok:
			u.refuse(record, "the table has no column %s any more", name)
			return nil, false
		case c.opaque:
			u.refuse(record, "values of type %s, as in column %s, are not recorded in a form that can be read back", c.typ, name)
			return nil, false
		}
		found = append(found, c)
	}
	return found, true
}

// known returns the columns of values that a table still has, and that show.
func known(t *restored, of values) []restoredColumn {
	var found []restoredColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if c, ok := t.column(name); ok && !c.opaque && !masked(of[name]) {
			found = append(found, c)
		}
	}
	return found
}

// masked reports whether a value is what an audit trigger writes for one that it
// hides.
func masked(value json.RawMessage) bool { return bytes.Equal(value, []byte(`"[masked]"`)) }

// shown refuses values that are hidden.
func (u *undoing) shown(record AuditRecord, of values) bool {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if masked(of[name]) {
			u.refuse(record, "column %s is masked, its value is not recorded", name)
			return false
		}
	}
	return true
}

// whole refuses a row of which a column is not recorded.
func (u *undoing) whole(record AuditRecord, t *restored, of values) bool {
	var missing []string
	for _, c := range t.columns {
		if _, ok := of[c.name]; !ok && !c.generated {
			missing = append(missing, c.name)
		}
	}
	if len(missing) > 0 {
		u.refuse(record, "the record has no %s: not recorded, or added since", strings.Join(missing, ", "))
	}
	return len(missing) == 0
}

func pick(of values, columns []restoredColumn) values {
	found := values{}
	for _, c := range columns {
		if value, ok := of[c.name]; ok {
			found[c.name] = value
		}
	}
	return found
}

// picked returns the values of some columns as an object, nil for none.
func picked(of values, columns []restoredColumn) (json.RawMessage, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	return state.Encode(pick(of, columns))
}
