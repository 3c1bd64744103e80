package auditlog

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/state"
)

// settlings is how often rows are put right that triggers change.
const settlings = 3

// meet notes the rows of the transaction at its ends, if triggers can change rows while
// it is undone, and those that are not as it left them as conflicts.
func (r *retraction) meet(ctx context.Context) error {
	if !slices.ContainsFunc(slices.Collect(maps.Values(r.targets)), func(t *target) bool { return t != nil && t.triggered }) {
		return nil
	}
	r.ends = &ends{open: map[string]*rowEnds{}}
	err := r.each(ctx, func(_ int, v *reversal) error {
		r.ends.take(v)
		return nil
	})
	if err != nil {
		return err
	}
	return r.strays(ctx, r.ends.left(), func(v *reversal, d difference) error {
		r.conflicts.add(v.describe(d))
		return nil
	})
}

// settle puts the rows right that triggers have changed while the transaction was undone.
func (r *retraction) settle(ctx context.Context) error {
	if r.ends == nil || !r.conflicts.empty() {
		return nil
	}
	for range settlings {
		again, err := r.putRight(ctx)
		if err != nil || !again {
			return err
		}
	}
	var list lines
	err := r.strays(ctx, r.ends.found(), func(v *reversal, d difference) error {
		list.add(v.describe(d))
		return nil
	})
	if err != nil || list.empty() {
		return err
	}
	return problem("WH5407", "transaction "+r.Transaction+" cannot be undone: triggers of its tables change rows back",
		list.String()+"\nNothing was changed.", "undo it by hand, beginning with: whimbrel audit log --transaction "+r.Transaction)
}

// putRight gives rows the values that they had, and reports whether some had others.
func (r *retraction) putRight(ctx context.Context) (bool, error) {
	var list []*reversal
	fine := true
	err := r.strays(ctx, r.ends.found(), func(v *reversal, d difference) error {
		fine = false
		if len(d.columns) == 0 {
			return nil // to make rows, or take them away, is not only to put them right
		}
		one, err := v.only(d)
		if err == nil {
			list = r.gathered(list, one)
		}
		return err
	})
	for _, v := range list {
		if err == nil {
			err = v.run(ctx, r.tx)
		}
	}
	r.settled = append(r.settled, list...)
	return !fine, err
}

// only returns the part of a reversal that concerns one row and the columns that differ.
func (v *reversal) only(d difference) (*reversal, error) {
	one := *v
	one.set = slices.DeleteFunc(slices.Clone(v.was), func(c targetColumn) bool { return !slices.Contains(d.columns, c.name) })
	row := v.rows[d.place-1]
	var err error
	kept := FieldsOf(row.Was)
	maps.DeleteFunc(kept, func(name string, _ json.RawMessage) bool { return !slices.Contains(d.columns, name) })
	row.Set, err = state.Encode(kept)
	one.rows, one.seen = []reversalRow{row}, map[string]bool{string(row.Key): true}
	return &one, err
}

func (v *reversal) run(ctx context.Context, tx pgx.Tx) error {
	payload, err := v.payload()
	if err == nil {
		_, err = tx.Exec(ctx, v.sql(parameter), payload)
	}
	return err
}

// strays calls a function for each row that is not as it is at an end of the
// transaction. Nobody else can change them then.
func (r *retraction) strays(ctx context.Context, rows []*rowEnd, do func(*reversal, difference) error) error {
	var list []*reversal
	for _, e := range rows {
		v, err := e.reversal()
		if err != nil {
			return err
		}
		list = r.gathered(list, v)
	}
	for _, v := range list {
		payload, err := v.payload()
		if err != nil {
			return err
		}
		if _, err := r.tx.Exec(ctx, v.locking(), payload); err != nil {
			return err
		}
		found, err := v.differences(ctx, r.tx, payload)
		if err != nil {
			return err
		}
		for _, d := range found {
			if err := do(v, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// gathered adds a reversal to the last one of a list, if they are of one sort and there
// is room, or else behind it.
func (r *retraction) gathered(list []*reversal, v *reversal) []*reversal {
	if last := len(list) - 1; last >= 0 && list[last].take(v, r.batch) {
		return list
	}
	return append(list, v)
}

// reversal returns what compares the row with the database.
func (e *rowEnd) reversal() (*reversal, error) {
	v := &reversal{table: e.table, model: e.model, operation: record.Delete}
	if e.there {
		v.operation = record.Update
	}
	for _, c := range e.table.columns {
		_, known := e.values[c.name]
		if _, part := e.key[c.name]; part {
			v.key = append(v.key, c)
		} else if known && !c.opaque {
			v.was = append(v.was, c)
		}
	}
	key, err := state.Encode(e.key)
	if err != nil {
		return nil, err
	}
	row := reversalRow{row: key, Key: key}
	if len(v.was) > 0 {
		row.Was, err = state.Encode(e.values)
	}
	v.rows, v.seen = []reversalRow{row}, map[string]bool{string(key): true}
	return v, err
}
