package auditlog

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// Ends are the rows of a transaction as it found and as it left them. They are needed
// where triggers that are no audits change rows while it is undone: then a row can be
// another one in between, and has to be looked at before and after. All rows are held.
type ends struct {
	rows []*rowEnds
	open map[string]*rowEnds // by what the rows were called before what has been taken
}

type rowEnds struct{ before, after *rowEnd }

// A rowEnd is a row at one end of a transaction. It has the values that are known, in
// the form that the statements of a reversal get.
type rowEnd struct {
	table       *target
	model       string
	key, values Fields
	there       bool
}

// id says which row it is.
func (e *rowEnd) id() string {
	encoded, _ := json.Marshal(e.key) // what was read can be written
	return fmt.Sprintf("%d %s", e.table.oid, encoded)
}

// take goes on with an older change. Those of one statement are taken at once, as rows
// can exchange their keys.
func (e *ends) take(v *reversal) {
	list := make([]*rowEnds, len(v.rows))
	for i, row := range v.rows {
		list[i] = e.row(v, row)
	}
	for i, row := range v.rows {
		before := list[i].before
		set := FieldsOf(row.Set)
		before.there = v.operation != record.Insert
		before.values = merged(before.values, set)
		maps.DeleteFunc(before.values, func(string, json.RawMessage) bool { return !before.there })
		for name := range before.key {
			if value, other := set[name]; other {
				before.key[name] = value
			}
		}
		if before.there {
			e.open[before.id()] = list[i]
		}
	}
}

// row returns the row that a change is one of, with what is known of it behind that.
func (e *ends) row(v *reversal, row reversalRow) *rowEnds {
	now := &rowEnd{table: v.table, model: v.model, key: FieldsOf(row.Key), values: Fields{}, there: v.operation != record.Delete}
	found, known := e.open[now.id()]
	delete(e.open, now.id())
	if !known || !now.there {
		before := *now
		before.key = maps.Clone(now.key)
		found = &rowEnds{before: &before, after: now}
		e.rows = append(e.rows, found)
	}
	found.after.values = merged(FieldsOf(row.Was), found.after.values)
	return found
}

// found returns the rows as they were before the transaction.
func (e *ends) found() []*rowEnd {
	return e.at(func(r *rowEnds) *rowEnd { return r.before })
}

// left returns the rows as they were behind the transaction.
func (e *ends) left() []*rowEnd {
	return e.at(func(r *rowEnds) *rowEnd { return r.after })
}

// at returns the rows at one end. A key that a row has at the other end only is free.
func (e *ends) at(end func(*rowEnds) *rowEnd) []*rowEnd {
	taken := map[string]bool{}
	var list, free []*rowEnd
	for _, r := range e.rows {
		if is := end(r); is.there {
			list, taken[is.id()] = append(list, is), true
		}
	}
	for _, r := range e.rows {
		for _, is := range []*rowEnd{r.before, r.after} {
			if !taken[is.id()] {
				taken[is.id()] = true
				free = append(free, &rowEnd{table: is.table, model: is.model, key: is.key})
			}
		}
	}
	return append(list, free...)
}
