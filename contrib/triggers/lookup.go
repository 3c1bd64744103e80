package triggers

import (
	"reflect"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A lookup is what a check looks up rows of a table by: a column, or an expression
// over its columns.
type lookup struct {
	table  *table
	column *column // nil: value is an expression
	value  expression.Node
}

func (t *table) by(c column) lookup {
	field := expression.Node{Kind: expression.Field, Path: []address.Ref{address.RefTo(c.address)}}
	return lookup{table: t, column: &c, value: field}
}

// lookups returns what checks look up rows by: the first key, and on the way from
// a row of another table to the model the columns that refer to it.
func (c *constraint) lookups() []lookup {
	var list []lookup
	if !c.whole() && c.locking() != lockNothing {
		list = append(list, lookup{table: c.table, column: c.keys[0].column, value: c.keys[0].node})
		if k := c.keys[0]; k.column != nil {
			list[0] = c.table.by(*k.column)
		}
	}
	for at, j := range c.joins {
		switch {
		case at == 0:
		case c.whole() || !c.reachable(at):
			list = append(list, c.referring(at)...)
		default:
			list = append(list, c.leading(j)...)
		}
	}
	return list
}

// referring returns what is looked up when a row comes that others can refer to,
// even if it is everything that is checked then.
func (c *constraint) referring(at int) []lookup {
	j := c.joins[at]
	if j.through || j.isRoot(at) || j.Unmanaged {
		return nil
	}
	return []lookup{c.joins[j.parent].by(j.link)}
}

// leading returns what leads from a row of a joined table to the model, and back.
func (c *constraint) leading(j join) []lookup {
	var list []lookup
	if j.through {
		list = append(list, j.by(j.own))
	}
	if j.linked || j.through && j.lead != j.step {
		list = append(list, j.by(j.lead.own))
	}
	if len(j.used) > 0 && !j.Unmanaged && !(j.through && j.parent == 0) {
		list = append(list, c.way(j)...)
	}
	return list
}

// way returns the columns by which a row of a joined table leads to the model.
func (c *constraint) way(j join) []lookup {
	var list []lookup
	for at := j; at.lead.parent >= 0; at = c.joins[at.lead.parent] {
		if !at.through || at.lead != at.step {
			list = append(list, c.joins[at.lead.parent].by(at.lead.link))
		}
	}
	return list
}

// indexed reports whether a table has an index that finds its rows by the value.
func (l lookup) indexed(s *state.State) bool {
	for _, o := range s.Children(l.table.address, model.IndexKind) {
		if i, err := state.Decode[model.Index](o); err == nil && l.served(i) {
			return true
		}
	}
	return l.column != nil && slices.ContainsFunc(s.Children(l.table.address, model.ConstraintKind), func(o *state.Object) bool {
		k, err := state.Decode[model.Constraint](o)
		unique := k.Type == model.PrimaryKey || k.Type == model.Unique
		return err == nil && unique && len(k.Fields) > 0 && k.Fields[0].Address == l.column.address
	})
}

// served reports whether an index has all rows and is sorted, or hashed, by the
// value first.
func (l lookup) served(i model.Index) bool {
	if i.Where != nil || len(i.Keys) == 0 || i.Method != "" && i.Method != "btree" && i.Method != "hash" {
		return false
	}
	first := i.Keys[0]
	collated := first.Collate == "" || l.column != nil && l.column.collate == first.Collate
	return collated && reflect.DeepEqual(first.Value, l.value)
}
