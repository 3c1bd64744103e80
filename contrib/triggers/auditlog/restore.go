package auditlog

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// reversal returns what undoes one record, nil after noting that nothing can, or if
// there is nothing to undo.
func (r *retraction) reversal(ctx context.Context, rec Record) (*reversal, error) {
	if !r.tells(rec) {
		return nil, nil
	}
	table, err := r.target(ctx, rec)
	if err != nil {
		return nil, err
	}
	if table == nil {
		r.refuse(rec, "there is no one table of it now: it was dropped, or renamed and is not audited any more")
		return nil, nil
	}
	v, err := readValues(rec)
	if err != nil {
		return nil, err
	}
	made := &reversal{table: table, model: rec.Model, operation: rec.Operation, seen: map[string]bool{string(rec.Row): true}}
	if !r.choose(made, rec, v) {
		return nil, nil
	}
	row := reversalRow{row: rec.Row, Key: rec.Row}
	if row.Was, err = picked(v.now, made.was); err == nil {
		row.Set, err = picked(v.old, made.set)
	}
	made.rows = []reversalRow{row}
	return made, err
}

// tells refuses a record that does not say what to undo.
func (r *retraction) tells(rec Record) bool {
	switch {
	case rec.Row == nil && rec.Old == nil && rec.Operation == record.Truncate:
		r.refuse(rec, "only that it happened is recorded; with truncate = rows in its audit_trigger the rows would be")
	case rec.Row == nil:
		r.refuse(rec, "no primary key of the table is recorded, so that its rows cannot be told apart")
	case rec.Unseen:
		r.refuse(rec, "what the row was before is not recorded: it is older than the audit; "+
			"with snapshot = true in its audit_trigger it would be")
	default:
		return true
	}
	return false
}

// target returns the table of a record's model, read once; nil if there is none.
func (r *retraction) target(ctx context.Context, rec Record) (*target, error) {
	model := r.model(rec)
	if t, ok := r.targets[model]; ok {
		return t, nil
	}
	t, err := readTarget(ctx, r.tx, r.audited, model, rec.Table)
	r.targets[model] = t
	return t, err
}

// choose notes the columns of a reversal, and whether it can be done.
func (r *retraction) choose(v *reversal, rec Record, values recordValues) (fine bool) {
	if v.key, fine = r.columns(rec, v.table, values.key); !fine {
		return false
	}
	switch rec.Operation {
	case record.Insert:
		v.was = readable(rec, v.table, values.now)
		return true
	case record.Update:
		return r.update(v, rec, values)
	}
	v.operation = record.Delete // or a row that was there before a truncation
	columns, fine := r.columns(rec, v.table, values.old)
	v.set = writable(columns)
	return fine && r.unmasked(rec, values.old) && r.whole(rec, v.table, values.old)
}

func (r *retraction) update(v *reversal, rec Record, values recordValues) (fine bool) {
	if v.was, fine = r.columns(rec, v.table, values.old); !fine {
		return false
	}
	v.set = writable(v.was)
	switch {
	case rec.History != "" && !r.unmasked(rec, values.now): // hidden values that changed look the same
		return false
	case len(v.was) == 0: // json that was written otherwise
		return false
	case len(v.set) == 0:
		r.refuse(rec, "of what it changed, only generated columns are recorded")
		return false
	}
	return r.unmasked(rec, values.old) && r.unmasked(rec, pick(values.now, v.was))
}

// writable returns the columns that are not generated.
func writable(columns []targetColumn) []targetColumn {
	return slices.DeleteFunc(slices.Clone(columns), func(c targetColumn) bool { return c.generated })
}

// columns returns the columns of a table that values are for. Those that are not
// there any more, or whose values do not come back from JSON, are refused.
func (r *retraction) columns(rec Record, t *target, of Fields) ([]targetColumn, bool) {
	var found []targetColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		c, ok := t.recorded(name, rec)
		switch {
		case !ok:
			r.refuse(rec, "the table has no column %s any more", name)
			return nil, false
		case c.opaque:
			r.refuse(rec, "values of type %s, as in column %s, are not recorded in a form that can be read back", c.typ, name)
			return nil, false
		}
		found = append(found, c)
	}
	return found, true
}

// readable returns the columns of values that a table still has, and that show.
func readable(rec Record, t *target, of Fields) []targetColumn {
	var found []targetColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if c, ok := t.recorded(name, rec); ok && !c.opaque && !masked(of[name]) {
			found = append(found, c)
		}
	}
	return found
}

// masked reports whether a value is what an audit trigger writes for one that it
// hides.
func masked(value json.RawMessage) bool { return bytes.Equal(value, []byte(`"`+record.Masked+`"`)) }

// unmasked refuses values that are hidden.
func (r *retraction) unmasked(rec Record, of Fields) bool {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if masked(of[name]) {
			r.refuse(rec, "column %s is masked, its value is not recorded", name)
			return false
		}
	}
	return true
}

// whole refuses a row of which a column is not recorded.
func (r *retraction) whole(rec Record, t *target, of Fields) bool {
	var missing []string
	for _, c := range t.columns {
		if _, ok := of[c.name]; !ok && !c.generated {
			missing = append(missing, c.name)
		}
	}
	if len(missing) > 0 {
		r.refuse(rec, "the record has no %s: not recorded, or added since", strings.Join(missing, ", "))
	}
	return len(missing) == 0
}
