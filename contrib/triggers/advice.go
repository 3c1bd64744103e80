package triggers

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// warnings says what a constraint does not watch, which of its checks cost the
// more, the more rows there are, and what PostgreSQL could do by itself.
func (c *constraint) warnings(s *state.State, o *state.Object) diag.List {
	list := c.unwatched()
	if c.whole() && c.locking() != lockNothing {
		list = append(list, c.unscoped())
	}
	if !c.whole() {
		list = append(list, c.unlinked()...)
		list = append(list, c.unindexed(s)...)
	}
	for i := range list {
		list[i].Severity = diag.Warning
	}
	list = append(list, c.declarative()...)
	for i := range list {
		list[i].Address = o.Address.String()
	}
	return list
}

// unwatched names the tables that nobody watches.
func (c *constraint) unwatched() diag.List {
	var list diag.List
	for _, j := range c.joins {
		if j.Unmanaged {
			list = append(list, diag.Diagnostic{
				Code:    "WH6104",
				Summary: fmt.Sprintf("changes of %s are not watched by constraint trigger %s", j.address.Path(), c.label),
				Detail:  "The model has managed = false, so no trigger is put on its table.",
				Next:    "make sure in another way that it cannot break the constraint",
			})
		}
	}
	return list
}

// unscoped says that a check is of everything.
func (c *constraint) unscoped() diag.Diagnostic {
	d := diag.Diagnostic{
		Code:    "WH6106",
		Summary: fmt.Sprintf("each check of constraint trigger %s reads all rows of %s", c.label, c.table.address.Path()),
		Detail:  "A written row does not say which results of the query it can change: " + c.reason() + ".",
		Next:    "write level = deferred_bulk for one check a transaction, or name fields of the model itself in values",
	}
	if c.Level == levelBulk {
		d.Next = "name fields of the model itself in values, if the table is large"
	}
	return d
}

func (c *constraint) reason() string {
	switch {
	case c.syntax.opaque:
		return "it has SQL with a query of its own"
	case len(c.keys) == 0:
		return "the model has no primary key"
	}
	return "what it groups by is not in the rows of the model"
}

// unlinked names the tables of subqueries whose rows do not say what to check.
func (c *constraint) unlinked() diag.List {
	var list diag.List
	for at, j := range c.joins {
		if !j.isRoot(at) || j.linked || j.Unmanaged {
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: "WH6106",
			Summary: fmt.Sprintf("each change of %s has constraint trigger %s read all rows of %s",
				j.address.Path(), c.label, c.table.address.Path()),
			Detail: "A row that the subquery reads does not say which results of the query it can change.",
			Next:   "write an equality with outer(...) in the subquery, such as NAME == outer(NAME), if the tables are large",
		})
	}
	return list
}

// unindexed names the indexes that the checks need and do not have.
func (c *constraint) unindexed(s *state.State) diag.List {
	var list diag.List
	seen := map[address.Address]bool{}
	for _, wanted := range c.lookups() {
		if seen[wanted.column.address] || indexed(s, wanted.table, wanted.column) {
			continue
		}
		seen[wanted.column.address] = true
		field := wanted.column.address.Name()
		block := indexBlock(s, wanted.table, field)
		list = append(list, diag.Diagnostic{
			Code: "WH6107",
			Summary: fmt.Sprintf("constraint trigger %s looks rows of %s up by %s, for which there is no index",
				c.label, wanted.table.address.Path(), field),
			Detail: "Without it each check reads the whole table, and a write costs the more, the more rows there are.",
			Next:   fmt.Sprintf("add to model %s: %s", wanted.table.address.Name(), block),
		})
	}
	return list
}

// indexBlock returns the block of an index over a field, with a label that the
// model does not have.
func indexBlock(s *state.State, t *table, field string) string {
	label, name := "by_"+field, field
	for s.Has(t.address.Child(model.IndexKind, label)) {
		label += "_"
	}
	if !plain.MatchString(field) {
		name = strconv.Quote(field)
	}
	return fmt.Sprintf("index %q { fields = [%s] }", label, name)
}

// plain are the names that can be written without quotes in a list of fields.
var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// A lookup is a column by which a check looks up rows of a table.
type lookup struct {
	table  *table
	column column
}

// lookups returns what checks look up rows by: the first key, and on the way
// from a row of another table to the model the columns that refer to it.
func (c *constraint) lookups() []lookup {
	var list []lookup
	if k := c.keys[0]; k.column != nil && c.locking() != lockNothing {
		list = append(list, lookup{c.table, *k.column})
	}
	for at, j := range c.joins {
		if at == 0 || !c.reachable(at) {
			continue
		}
		if j.through {
			list = append(list, lookup{j.table, j.own})
		}
		if j.linked || j.through && j.lead != j.step {
			list = append(list, lookup{j.table, j.lead.own})
		}
		if len(j.used) > 0 && !j.Unmanaged && !(j.through && j.parent == 0) {
			list = append(list, c.way(j)...)
		}
	}
	return list
}

// way returns the columns by which a row of a joined table leads to the model.
func (c *constraint) way(j join) []lookup {
	var list []lookup
	for at := j; at.lead.parent >= 0; at = c.joins[at.lead.parent] {
		if !at.through || at.lead != at.step {
			list = append(list, lookup{c.joins[at.lead.parent].table, at.lead.link})
		}
	}
	return list
}

// indexed reports whether a table has an index that begins with a column.
func indexed(s *state.State, t *table, c column) bool {
	for _, o := range s.Children(t.address, model.IndexKind) {
		i, err := state.Decode[model.Index](o)
		if err == nil && i.Where == nil && len(i.Keys) > 0 && isField(i.Keys[0].Value, c.address) {
			return true
		}
	}
	return slices.ContainsFunc(s.Children(t.address, model.ConstraintKind), func(o *state.Object) bool {
		k, err := state.Decode[model.Constraint](o)
		unique := k.Type == model.PrimaryKey || k.Type == model.Unique
		return err == nil && unique && len(k.Fields) > 0 && k.Fields[0].Address == c.address
	})
}

func isField(n expression.Node, a address.Address) bool {
	return n.Kind == expression.Field && reflect.DeepEqual(n.Path, []address.Ref{address.RefTo(a)})
}
